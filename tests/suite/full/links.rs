//! Every link leads somewhere, within a document and from the report to its appendix.

use crate::clients::{ALL_PACKS, Client};
use crate::printed::Page;
use crate::reports::{Faults, Subject, report, sample};
use std::collections::BTreeSet;

pub(super) fn check(subject: &Subject, faults: &mut Faults) {
    let (full, appendix) = (&subject.full, &subject.appendix);
    for (format, ending, report, other) in [
        ("Markdown", "md", &full.md, &appendix.md),
        ("HTML", "html", &full.page, &appendix.page),
        ("Word", "docx", &full.word, &appendix.word),
    ] {
        let beside = format!("a.{ending}#");
        for link in &report.links {
            let place = link.strip_prefix(&beside);
            let there = place.map_or_else(
                || leads(report, link),
                |place| other.places.iter().any(|one| one == place),
            );
            faults.hold(there, "a link leads somewhere", || {
                format!("{format}: {link}")
            });
        }
        for link in &other.links {
            faults.hold(leads(other, link), "a link leads somewhere", || {
                format!("{format}: {link}")
            });
        }
    }
    for (name, page) in [("report", &full.page), ("appendix", &appendix.page)] {
        let once: BTreeSet<&String> = page.places.iter().collect();
        faults.equal("places", name, &once.len(), &page.places.len());
        steps(name, page, faults);
    }
}

/// Whether a link stays in its document and leads somewhere there, or leads to a page of the web.
fn leads(page: &Page, link: &str) -> bool {
    if link.starts_with("http") {
        return true;
    }
    let place = link.strip_prefix('#').unwrap_or(link);
    page.places.iter().any(|one| one == place)
}

/// Headings begin with the title and go down one step at a time.
fn steps(name: &str, page: &Page, faults: &mut Faults) {
    let mut depth = 0;
    for (level, title) in page.headings() {
        faults.hold(level <= depth + 1, "headings go down by one", || {
            format!("{name}: {title}")
        });
        depth = level;
    }
    let titles = page.headings().filter(|(level, _)| *level == 1).count();
    faults.equal("titles", name, &titles, &1);
}

#[test]
fn in_one_document_every_link_leads_to_a_place_in_it() {
    for name in [ALL_PACKS, "paper-mill", "meridian-freight"] {
        let (rulebook, result) = sample(name);
        let all = report(&rulebook, &result, "all", "");
        let pages = [
            Page::markdown(&all.markdown().expect("Markdown")),
            Page::html(&all.html().expect("HTML")),
            Page::word(&all.word(None).expect("Word")),
        ];
        for page in &pages {
            assert!(!page.links.is_empty(), "{name}");
            for link in &page.links {
                assert!(leads(page, link), "{name}: {link}");
            }
        }
        let once: BTreeSet<&String> = pages[1].places.iter().collect();
        assert_eq!(once.len(), pages[1].places.len(), "{name}");
    }
}

#[test]
fn two_pages_have_no_link_to_an_appendix_that_is_not_there() {
    let client = Client::named(ALL_PACKS);
    let pages = client.report("executive");
    let markdown = Page::markdown(&pages.markdown().expect("Markdown"));
    let html = Page::html(&pages.html().expect("HTML"));
    for page in [markdown, html] {
        assert!(
            page.links.iter().all(|link| leads(&page, link)),
            "{:?}",
            page.links
        );
    }
}
