//! Headers: the identity of each pack, and the packs it builds on.

use super::linker::{Linker, unknown};
use super::order::ordered;
use crate::message;
use crate::rules::pack::file::PackFile;
use crate::rules::pack::{Loaded, builtin};
use crate::rules::rulebook::Pack;
use crate::text::diagnostic::{Code, Place};
use crate::text::yaml::Located;
use semver::{Version, VersionReq};

impl Linker<'_> {
    pub(super) fn headers(&mut self) {
        for one in self.loaded {
            let pack = self.header(one);
            if self.packs.iter().any(|other| other.id == pack.id) {
                let message = message!("the-pack-is-asked-for-twice", id = pack.id);
                self.refuse(
                    Code::DuplicateId,
                    one.place,
                    message,
                    message!("name-it-once"),
                );
            }
            self.packs.push(pack);
        }
        for (pack, one) in self.loaded.iter().enumerate() {
            self.uses(pack, &one.file);
        }
        self.use_circles();
    }

    fn header(&mut self, one: &Loaded) -> Pack {
        let file = &one.file;
        self.format(one);
        let id = self.required(file.id.as_ref(), "id", one.place);
        let version = self.required(file.version.as_ref(), "version", one.place);
        let title = self.required(file.title.as_ref(), "title", one.place);
        self.check_id(&id.value, id.place);
        let version = version.value.parse::<Version>().unwrap_or_else(|_| {
            if !version.value.is_empty() {
                let message = message!("is-not-a-version", version = version.value);
                let help = message!("write-three-numbers-as-in");
                self.refuse(Code::InvalidVersion, version.place, message, help);
            }
            Version::new(0, 0, 0)
        });
        let text = |one: &Option<Located<String>>| one.as_ref().map(|one| one.value.clone());
        let glossary = file.glossary.iter();
        Pack {
            changed: builtin::is_changed(&id.value, &version, &one.digest),
            id: id.value,
            version,
            digest: one.digest.clone(),
            language: text(&file.language).unwrap_or_else(|| "en".to_owned()),
            title: title.value,
            about: text(&file.about),
            credit: text(&file.credit),
            headline: None,
            overall: false,
            fit: None,
            exhibits: Vec::new(),
            context: Vec::new(),
            glossary: glossary
                .map(|(term, text)| (term.value.clone(), text.clone()))
                .collect(),
            without: Vec::new(),
        }
    }

    fn format(&mut self, one: &Loaded) {
        match &one.file.format {
            None => {
                let help = message!("begin-with-format");
                self.refuse(
                    Code::MissingKey,
                    one.place,
                    message!("missing-key-format"),
                    help,
                );
            }
            Some(format) if format.value != 1 => {
                let message = message!("format-is-not-known", format = format.value);
                let help = "write `format: 1`";
                self.refuse(Code::UnknownFormat, format.place, message, help);
            }
            Some(_) => {}
        }
    }

    fn required(
        &mut self,
        value: Option<&Located<String>>,
        key: &str,
        place: Place,
    ) -> Located<String> {
        if let Some(value) = value.filter(|value| !value.value.trim().is_empty()) {
            return value.clone();
        }
        let message = message!("missing-key", key);
        let help = message!("every-pack-has-format-id");
        self.refuse(Code::MissingKey, place, message, help);
        Located {
            value: String::new(),
            place,
        }
    }

    /// Refuses packs that use one another in a circle: they would in effect be one pack.
    fn use_circles(&mut self) {
        let used = |one: &Loaded| -> Vec<usize> {
            let place = |id: &str| self.loaded.iter().position(|one| one.id() == id);
            let uses = one.file.uses.iter();
            uses.filter_map(|(used, _)| place(&used.value)).collect()
        };
        let edges: Vec<Vec<usize>> = self.loaded.iter().map(used).collect();
        let Err(circle) = ordered(&edges) else {
            return;
        };
        let packs = circle.iter().filter_map(|place| self.loaded.get(*place));
        let names = packs.clone().map(|pack| format!("`{}`", pack.id()));
        let names = names.collect::<Vec<_>>().join(" uses ");
        let mut places = packs.map(|pack| {
            let first = pack.file.uses.iter().next();
            first.map_or(pack.place, |(used, _)| used.place)
        });
        if let Some(place) = places.next() {
            let message = message!("packs-use-one-another-in-a-circle", names);
            let help = message!("take-one-of-them-out-of-the-circle");
            self.refuse(Code::Cycle, place, message, help);
        }
    }

    fn uses(&mut self, pack: usize, file: &PackFile) {
        for (id, wanted) in &file.uses {
            let (name, range) = (id.value.as_str(), wanted.version());
            let Ok(versions) = range.value.parse::<VersionReq>() else {
                let message = message!("is-not-a-version-requirement", range = range.value);
                let help = message!("write-or-2");
                self.refuse(Code::InvalidVersion, range.place, message, help);
                continue;
            };
            let found = self.packs.iter().find(|pack| pack.id == name);
            match found.map(|pack| pack.version.clone()) {
                Some(version) if !versions.matches(&version) => {
                    let range_text = &range.value;
                    let message = message!("is-there-in-version-not", name, version, range_text);
                    let help = message!("change-the-requirement-or-the-pack");
                    self.refuse(Code::VersionMismatch, range.place, message, help);
                }
                None if wanted.is_optional() => {
                    if let Some(pack) = self.packs.get_mut(pack) {
                        pack.without.push(name.to_owned());
                    }
                }
                None => {
                    let message = message!("the-pack-is-used-and-not-there", name);
                    let known = self.packs.iter().map(|pack| pack.id.as_str());
                    let help = message!("name-it-among-the-assessments-packs");
                    let name = (name, id.place);
                    let problem = unknown(Code::UnknownPack, name, message, known, help);
                    self.problems.push(problem);
                }
                Some(_) => {}
            }
        }
    }
}
