//! Brands of the user's: what is written is checked, what is derived can be read, and every format
//! takes it.

use crate::clients::Client;
use crate::sandbox::{Sandbox, sample};
use centricity::assess::MatchedResult;
use centricity::report::{Brand, BrandFile, BrandImages, ReportContext, Templates};
use centricity::text::diagnostic::{Diagnostics, Severity, Sources};
use centricity::text::yaml;
use std::io::Read as _;

/// A PNG of one pixel: its header and its end.
const PIXEL: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0IEND\xaeB`\x82";

/// The brand, with its errors and its warnings.
fn read(text: &str, logo: &[u8]) -> (Option<Brand>, Vec<String>, Vec<String>) {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("brand.yaml", text.to_owned());
    let file: Option<BrandFile> = yaml::read(&sources, id, &mut problems);
    let images = BrandImages {
        logo: Some(logo),
        cover: Some(logo),
    };
    let brand = file.and_then(|file| Brand::check(&file, images, &mut problems));
    let of = |severity| {
        let problems = problems.iter().filter(|one| one.severity == severity);
        problems.map(|one| one.message.clone()).collect()
    };
    (brand, of(Severity::Error), of(Severity::Warning))
}

fn good(text: &str) -> Brand {
    let (brand, errors, _) = read(text, PIXEL);
    brand.unwrap_or_else(|| panic!("{text}: {errors:?}"))
}

/// Contrast as WCAG 2 defines it, worked out once more.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| -> f64 {
        let parts = [1, 3, 5].map(|start| &colour[start..start + 2]);
        let parts = parts.map(|part| f64::from(u8::from_str_radix(part, 16).unwrap()) / 255.0);
        let weights = [0.2126, 0.7152, 0.0722];
        let linear = |one: f64| {
            if one <= 0.04045 {
                one / 12.92
            } else {
                ((one + 0.055) / 1.055).powf(2.4)
            }
        };
        parts
            .into_iter()
            .zip(weights)
            .map(|(part, weight)| linear(part) * weight)
            .sum()
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn a_lone_colour_gives_all_the_others_and_each_can_be_read() {
    for colour in [
        "#7a1f3d", "#000", "#fff", "#ffff00", "#00ff00", "#0000ff", "#808080", "#1d5c63",
    ] {
        let (brand, errors, warnings) = read(&format!("colour: '{colour}'"), PIXEL);
        let colours = brand.unwrap_or_else(|| panic!("{errors:?}")).colours;
        assert!(
            contrast(&colours.light, "#ffffff") >= 4.5,
            "{colour}: {colours:?}"
        );
        assert!(
            contrast(&colours.print, "#ffffff") >= 4.5,
            "{colour}: {colours:?}"
        );
        assert!(
            contrast(&colours.light, &colours.tint) >= 4.5,
            "{colour}: {colours:?}"
        );
        for paper in ["#14181b", "#1c2226"] {
            assert!(
                contrast(&colours.dark, paper) >= 4.5,
                "{colour}: {colours:?}"
            );
        }
        let pale = ["#fff", "#ffff00", "#00ff00", "#808080"].contains(&colour);
        assert_eq!(warnings.len(), usize::from(pale), "{colour}: {warnings:?}");
    }
    assert_eq!(good("colour: '#7a1f3d'").colours.light, "#7a1f3d");
}

#[test]
fn colours_that_are_given_are_taken_where_they_can_be_read() {
    let brand =
        good("colour: { light: '#7a1f3d', dark: '#e59ab0', print: '#000', tint: '#fbeef2' }");
    let colours = brand.colours;
    assert_eq!(
        [colours.light, colours.dark, colours.print, colours.tint],
        ["#7a1f3d", "#e59ab0", "#000000", "#fbeef2"]
    );
    let (_, _, warnings) = read(
        "colour: { light: '#7a1f3d', dark: '#101010', tint: '#802040' }",
        PIXEL,
    );
    assert_eq!(warnings.len(), 2, "{warnings:?}");
}

#[test]
fn what_cannot_be_used_is_an_error() {
    let long = "x".repeat(200);
    for text in [
        "colour: 'red;}'",
        "colour: { light: '#12' }",
        "colour_dark: '#fff'",
        "fonts: { body: 'a\";}</style>' }",
        "fonts: { heading: '<b>' }",
        "fonts: { heading: '' }",
        "contact: [a, b, c, d, e, f, g]",
        &format!("fonts: {{ body: {long} }}"),
        &format!("name: {long}"),
        &format!("confidentiality: {long}"),
        "name: \"a\\nb\"",
        "name: \"a\\u202eb\"",
        "name: ''",
        "contact: ['  ']",
    ] {
        let (brand, errors, _) = read(text, PIXEL);
        assert!(brand.is_none() && errors.len() == 1, "{text}: {errors:?}");
    }
}

#[test]
fn images_are_known_by_their_bytes() {
    let drawing = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"a\" \"b\"><svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:a=\"urn:a\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><style>a{fill:url(#b)}</style><use xlink:href=\"#a\" a:file=\"C:\\\\b\" fill=\"url('#c')\"/></svg>";
    for (bytes, media) in [
        (PIXEL, "data:image/png;base64,iVBORw0KGgo"),
        (
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff;",
            "data:image/gif;base64,R0lGODlh",
        ),
        (drawing.as_bytes(), "data:image/svg+xml;base64,"),
    ] {
        let (brand, errors, _) = read("logo: a", bytes);
        let logo = brand.and_then(|brand| brand.logo);
        let logo = logo.unwrap_or_else(|| panic!("{media}: {errors:?}"));
        assert!(logo.starts_with(media), "{logo}");
    }
}

#[test]
fn images_that_could_harm_a_reader_are_refused() {
    let mut vast = PIXEL.to_vec();
    vast[16..20].copy_from_slice(&[0, 1, 0, 0]);
    let mut heavy = PIXEL.to_vec();
    heavy.resize((1 << 20) + 1, 0);
    let mut flat = PIXEL.to_vec();
    flat[16..20].copy_from_slice(&[0; 4]);
    let cases: [&[u8]; 35] = [
        b"<svg><style>@imp<!-- -->ort 'b.css'</style></svg>",
        b"<svg><style><g/>@import 'b.css'</style></svg>",
        b"<svg><style>@keyframes a{}</style></svg>",
        b"<svg><h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" srcdoc='a'/></svg>",
        b"<svg><image href='data:image/svg+xml,a'/></svg>",
        b"<svg><g id='a'><path/></g><g id='b'><use href='#a'/></g><use href='#b'/></svg>",
        b"<svg xmlns='urn:other'/>",
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff; and more",
        b"RIFF\xff\0\0\0WEBPVP8 \x10\0\0\0\x30\x01\0\x9d\x01\x2a\x01\0\x01\0",
        &flat,
        &PIXEL[..24],
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0",
        b"<svg><style>@import 'https://a.example/b.css'</style></svg>",
        b"<svg><style>a{fill:url( 'https://a.example/b')}</style></svg>",
        b"<svg><style>a{fill:\\75rl(//a.example/b)}</style></svg>",
        b"<svg><style>&#64;import 'b.css'</style></svg>",
        b"<svg><path fill='URL(//a.example/b)'/></svg>",
        b"<svg><path style='fill:u&#114;l(//a.example/b)'/></svg>",
        b"<svg><a href='#b'><set attributeName='href' to='javascript:a'/></a></svg>",
        b"<svg><animateMotion path='M0,0'/></svg>",
        b"<?xml version='1.0'?><?xml-stylesheet href='b.css'?><svg/>",
        b"<svg width='1e9' height='1'/>",
        b"<svg viewBox='0 0 0 10'/>",
        b"<svg><g></svg>",
        b"",
        b"<html>",
        b"%PDF-1.7",
        &vast,
        &heavy,
        &PIXEL[..10],
        b"<svg><script>alert(1)</script></svg>",
        b"<svg onload='alert(1)'/>",
        b"<svg><image href='https://a.example/b.png'/></svg>",
        b"<!-- a --><svg",
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
    ];
    let spaced = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains("xmlns='") => text
            .replacen("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", 1)
            .into_bytes(),
        _ => bytes.to_vec(),
    };
    let (brand, ..) = read(
        "logo: a",
        &spaced(b"<!-- made by hand --><svg><path/></svg>"),
    );
    assert!(brand.is_some(), "nothing is wrong with this one");
    for bytes in cases {
        for key in ["logo", "cover"] {
            let (brand, errors, _) = read(&format!("{key}: a"), &spaced(bytes));
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
            assert!(brand.is_none() && errors.len() == 1, "{start}: {errors:?}");
        }
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    for image in ["nowhere.png", "a"] {
        let sandbox = Sandbox::new()
            .file("brand.yaml", format!("name: A\ncover: {image}\n"))
            .file("a/assessment.yaml", sample());
        let run = sandbox.run("report a --format md --brand brand.yaml");
        run.exits(3)
            .says(&format!("no image `{image}`"))
            .says("brand.yaml:2:8");
    }
}

#[test]
fn every_format_takes_the_brand() {
    let client = Client::named("harbour-tools");
    let result = MatchedResult::new(&client.rulebook, &client.assessment).unwrap();
    let brand = good(
        "{ name: Quay & Co, logo: a, colour: '#7a1f3d', fonts: { body: Alegreya Sans, heading: Bitter },
           contact: [Jo Quay, jo@quay.example], confidentiality: 'For \"the board\" only' }",
    );
    let context = ReportContext::new(&result, &brand);
    let report = context
        .report(&Templates::builtin().unwrap(), "executive")
        .unwrap();
    let html = report.html().unwrap();
    for expected in [
        "--brand: #7a1f3d;",
        "--brand-body: \"Alegreya Sans\", ",
        "--brand-heading: \"Bitter\", ",
        "content: \"For\\000020\\000022the\\000020board\\000022\\000020only\";",
        "Quay &amp; Co · Jo Quay · jo@quay.example",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    let word = report.word(None).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(word)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let styles = part("word/styles.xml").to_lowercase();
    assert!(
        styles.contains("w:val=\"7a1f3d\"") && !styles.contains("1d5c63"),
        "{styles}"
    );
    assert!(styles.contains("w:ascii=\"alegreya sans\"") && styles.contains("w:ascii=\"bitter\""));
    assert!(
        part("word/charts/chart1.xml")
            .to_lowercase()
            .contains("val=\"7a1f3d\"")
    );
    assert!(
        part("word/header1.xml").contains("For \"the board\" only")
            || part("word/header1.xml").contains("For &quot;the board&quot; only")
    );
}

#[test]
fn word_says_that_it_leaves_an_image_out() {
    let brand = "name: Advisers\nlogo: logo.svg\n";
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    let sandbox = Sandbox::new()
        .file("a/assessment.yaml", sample())
        .file("brand.yaml", brand)
        .file("logo.svg", drawing);
    let run = |formats: &str| {
        let said = format!(
            "report a --detail executive --format {formats} --brand brand.yaml --out {formats}"
        );
        sandbox.run(&said).exits(0).stderr
    };
    let warning = "its documents leave out the other images of the brand";
    assert!(run("docx").contains(warning));
    assert!(!run("html").contains(warning));
    let pixel = good("name: Advisers\nlogo: logo.png\n");
    assert!(pixel.is_shown_by_word());
}

#[test]
fn word_takes_over_the_pictures_that_it_shows() {
    let client = Client::named("corner-bakery");
    let result = MatchedResult::new(&client.rulebook, &client.assessment).unwrap();
    let gif: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff;";
    let drawing: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    for (logo, taken) in [(PIXEL, "1.png"), (gif, "1.gif"), (drawing, "")] {
        let (brand, errors, _) = read("name: Advisers\nlogo: a", logo);
        let brand = brand.unwrap_or_else(|| panic!("{errors:?}"));
        let context = ReportContext::new(&result, &brand);
        let report = context.report(&Templates::builtin().unwrap(), "full");
        let word = report.unwrap().word(None).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(word)).unwrap();
        let media = (0..archive.len()).filter_map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let name = file.name().unwrap().strip_prefix("word/media/")?.to_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            Some((name, bytes))
        });
        let media: Vec<(String, Vec<u8>)> = media.collect();
        let wanted = (!taken.is_empty()).then(|| (taken.to_owned(), logo.to_vec()));
        assert_eq!(media, wanted.into_iter().collect::<Vec<_>>());
    }
}
