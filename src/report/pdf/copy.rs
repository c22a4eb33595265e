//! A PDF written anew: what its root leads to, object by object.

use super::names::Names;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, Stream};
use hayro_syntax::xref::XRef;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write as _;

/// Version 1.7, and four bytes by which programs see that it is no text.
const HEAD: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";

/// A copy in the making.
pub(super) struct Copy<'a> {
    xref: &'a XRef,
    /// The words that describe where a link leads, by its place.
    links: BTreeMap<String, String>,
    numbers: Numbers,
    /// Streams that pages draw.
    contents: HashSet<ObjRef>,
    out: Vec<u8>,
    /// Offset of each object in the file.
    offsets: Vec<usize>,
}

/// The objects that were reached, in the order in which they are written, numbered from 1.
#[derive(Default)]
pub(super) struct Numbers {
    given: HashMap<ObjRef, usize>,
    objects: Vec<ObjRef>,
    names: Names,
}

impl Numbers {
    fn number(&mut self, object: ObjRef) -> usize {
        let next = self.objects.len() + 1;
        let number = *self.given.entry(object).or_insert(next);
        if number == next {
            self.objects.push(object);
        }
        number
    }
}

impl<'a> Copy<'a> {
    pub(super) fn new(xref: &'a XRef, links: BTreeMap<String, String>) -> Self {
        Self {
            xref,
            links,
            numbers: Numbers {
                names: Names::read(xref),
                ..Numbers::default()
            },
            contents: HashSet::new(),
            out: HEAD.to_vec(),
            offsets: Vec::new(),
        }
    }

    /// Everything that the root leads to, with these facts about the document. `None` where it holds
    /// what cannot be written.
    pub(super) fn written(mut self, facts: &[(&str, &[u8])]) -> Option<Vec<u8>> {
        let root = self.numbers.number(self.xref.root_id().into());
        while let Some(object) = self.numbers.objects.get(self.offsets.len()).copied() {
            self.begin();
            if self.numbers.names.index == Some(object) {
                self.index();
                continue;
            }
            match self.xref.get(object.into()) {
                Some(Object::Dict(dict)) => self.dict(&dict)?,
                Some(Object::Stream(stream)) => self.stream(&stream, object)?,
                Some(other) => write(&mut self.out, &other, &mut self.numbers)?,
                None => self.out.extend(b"null"),
            }
            self.out.extend(b"\nendobj\n");
        }
        self.begin();
        let info = self.offsets.len();
        self.out.extend(b"<<");
        for (name, value) in facts {
            self.out.extend(format!("/{name}").bytes());
            string(&mut self.out, value);
        }
        self.out.extend(b">>\nendobj\n");
        self.end(root, info);
        Some(self.out)
    }

    /// The object that leads from names to parts, in the order of the names.
    fn index(&mut self) {
        self.out.extend(b"<</Names[");
        for (name, part) in std::mem::take(&mut self.numbers.names.parts) {
            string(&mut self.out, name.as_bytes());
            let number = self.numbers.number(part);
            self.out.extend(format!("{number} 0 R ").bytes());
        }
        self.out.extend(b"]>>\nendobj\n");
    }

    fn begin(&mut self) {
        self.offsets.push(self.out.len());
        let number = self.offsets.len();
        self.out.extend(format!("{number} 0 obj\n").bytes());
    }

    /// An object that is a dictionary. A link is described, for those who hear it.
    fn dict(&mut self, dict: &Dict<'_>) -> Option<()> {
        let is = |key: &str, value: &[u8]| {
            let name = dict.get::<Name<'_>>(key);
            name.is_some_and(|name| name.as_ref() == value)
        };
        if is("Type", b"Page") {
            self.contents.extend(dict.get_ref("Contents"));
            let list = dict.get::<Array<'_>>("Contents").into_iter();
            let list = list.flat_map(|list| list.raw_iter().collect::<Vec<_>>());
            self.contents
                .extend(list.filter_map(|one| one.as_obj_ref()));
        }
        self.out.extend(b"<<");
        // Strong words have a tag of their own only in PDF 2; and a chart whose words are text is a
        // group of text, not a picture that lacks words.
        let replaced = if is("S", b"Strong") || is("S", b"Em") {
            self.out.extend(b"/S/Span");
            "S"
        } else if is("S", b"Figure") && !dict.contains_key("Alt") {
            self.out.extend(b"/S/Div");
            "S"
        } else {
            ""
        };
        entries(&mut self.out, dict, replaced, &mut self.numbers)?;
        if is("Subtype", b"Link")
            && !dict.contains_key("Contents")
            && let Some(words) = self.description(dict)
        {
            self.out.extend(b"/Contents");
            string(&mut self.out, &utf16(&words));
        }
        self.out.extend(b">>");
        Some(())
    }

    /// The words that describe a link: those of the place it leads to, or its address.
    fn description(&self, link: &Dict<'_>) -> Option<String> {
        if let Some(place) = link.get::<Name<'_>>("Dest") {
            return self.links.get(place.as_str()).cloned();
        }
        let action: Dict<'_> = link.get("A")?;
        let address = action.get::<hayro_syntax::object::String<'_>>("URI")?;
        Some(String::from_utf8_lossy(address.as_bytes()).into_owned())
    }

    /// An object that is a stream, as it is; what pages draw, with furniture set apart.
    fn stream(&mut self, stream: &Stream<'_>, object: ObjRef) -> Option<()> {
        let data = stream.raw_data();
        let drawn = self.contents.contains(&object).then(|| stream.decoded());
        let drawn = drawn.and_then(Result::ok);
        if let Some(drawn) = drawn.and_then(|drawn| with_artifacts(&drawn)) {
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&drawn).ok()?;
            let packed = packed.finish().ok()?;
            let length = packed.len();
            let head = format!("<</Filter/FlateDecode/Length {length}>>stream\n");
            self.out.extend(head.bytes());
            self.out.extend(packed);
        } else {
            self.out.extend(b"<<");
            entries(&mut self.out, stream.dict(), "", &mut self.numbers)?;
            self.out.extend(b">>stream\n");
            self.out.extend(&*data);
        }
        self.out.extend(b"\nendstream");
        Some(())
    }

    /// The places of all objects, and the trailer.
    fn end(&mut self, root: usize, info: usize) {
        let start = self.out.len();
        let size = self.offsets.len() + 1;
        let digest = Sha256::digest(&self.out);
        let head = format!("xref\n0 {size}\n0000000000 65535 f \n");
        self.out.extend(head.bytes());
        for offset in &self.offsets {
            self.out.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        let trailer = format!("trailer\n<</Size {size}/Root {root} 0 R/Info {info} 0 R/ID[");
        self.out.extend(trailer.bytes());
        for _ in 0..2 {
            string(&mut self.out, digest.get(..16).unwrap_or_default());
        }
        self.out
            .extend(format!("]>>\nstartxref\n{start}\n%%EOF\n").bytes());
    }
}

/// Writes an object that stands within another. `None` for a stream, which never does.
pub(super) fn write(out: &mut Vec<u8>, object: &Object<'_>, numbers: &mut Numbers) -> Option<()> {
    match object {
        Object::Null(_) => out.extend(b"null"),
        Object::Boolean(value) => out.extend(value.to_string().bytes()),
        Object::Number(number) => out.extend(number.as_f64().to_string().bytes()),
        Object::String(text) => {
            let name = numbers.names.given.get(text.as_bytes());
            string(out, name.map_or(text.as_bytes(), |name| name.as_bytes()));
        }
        Object::Name(text) => name(out, text.as_ref()),
        Object::Dict(dict) => {
            out.extend(b"<<");
            entries(out, dict, "", numbers)?;
            out.extend(b">>");
        }
        Object::Array(array) => {
            out.push(b'[');
            for one in array.raw_iter() {
                write_or_refer(out, &one, numbers)?;
                out.push(b' ');
            }
            out.push(b']');
        }
        Object::Stream(_) => return None,
    }
    Some(())
}

fn write_or_refer(
    out: &mut Vec<u8>,
    object: &MaybeRef<Object<'_>>,
    numbers: &mut Numbers,
) -> Option<()> {
    match object {
        MaybeRef::Ref(object) => {
            out.extend(format!("{} 0 R", numbers.number(*object)).bytes());
            Some(())
        }
        MaybeRef::NotRef(object) => write(out, object, numbers),
    }
}

/// Writes the entries of a dictionary but for one key.
fn entries(out: &mut Vec<u8>, dict: &Dict<'_>, without: &str, numbers: &mut Numbers) -> Option<()> {
    for (key, value) in dict.entries() {
        if key.as_ref() == without.as_bytes() {
            continue;
        }
        name(out, key.as_ref());
        out.push(b' ');
        write_or_refer(out, &value, numbers)?;
    }
    Some(())
}

fn name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+:@*'".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn string(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'<');
    for byte in bytes {
        out.extend(format!("{byte:02X}").bytes());
    }
    out.push(b'>');
}

/// A text as PDF holds it beyond ASCII.
fn utf16(text: &str) -> Vec<u8> {
    let mark = std::iter::once(0xFEFF);
    let units = mark.chain(text.encode_utf16());
    units.flat_map(u16::to_be_bytes).collect()
}

/// The content of a page with everything that belongs to no part of the text marked as furniture, so
/// that it is not read out on every page: running heads, page numbers, lines and areas. `None` where
/// the content holds what this cannot write.
fn with_artifacts(content: &[u8]) -> Option<Vec<u8>> {
    let mut operators = UntypedIter::new(content);
    let mut out = Vec::with_capacity(content.len());
    let mut depth = 0_usize;
    // Where something began that is not part of the text.
    let mut begun = None;
    while let Some(one) = operators.next() {
        let operator: &[u8] = one.operator.as_ref();
        if depth == 0 && begun.is_none() && matches!(operator, b"BT" | b"m" | b"re" | b"Do" | b"sh")
        {
            begun = Some(out.len());
        }
        for operand in one.operands() {
            write(&mut out, operand, &mut Numbers::default())?;
            out.push(b' ');
        }
        out.extend(operator);
        out.push(b'\n');
        match operator {
            b"BMC" | b"BDC" => depth += 1,
            b"EMC" => depth = depth.saturating_sub(1),
            // A path that only clips draws nothing.
            b"n" => begun = None,
            b"ET" | b"Do" | b"sh" | b"f" | b"F" | b"f*" | b"S" | b"s" | b"B" | b"B*" | b"b"
            | b"b*" => {
                if let Some(start) = begun.take() {
                    out.splice(start..start, *b"/Artifact BMC\n");
                    out.extend(b"EMC\n");
                }
            }
            _ => {}
        }
    }
    Some(out)
}
