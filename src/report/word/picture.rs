//! Pictures of the brand. A template calls `picture` with a `data:` URI and is given its number and
//! its size; the archive then holds it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// The pictures of a document so far.
#[derive(Debug, Default)]
pub(super) struct Pictures(Arc<Mutex<Vec<Picture>>>);

/// A picture that Word shows.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    /// `png`, `jpeg` or `gif`.
    pub(super) end: &'static str,
}

impl Pictures {
    /// `picture(uri)`: adds a picture and returns its `number`, `width` and `height` in pixels; none
    /// where Word shows no such picture.
    pub(super) fn function(&self) -> Value {
        let pictures = Arc::clone(&self.0);
        Value::from_function(move |uri: Option<String>| {
            let Some((end, bytes)) = uri.as_deref().and_then(decoded) else {
                return Value::from(());
            };
            let Some((width, height)) = size(&bytes).filter(|(w, h)| *w > 0 && *h > 0) else {
                return Value::from(());
            };
            let mut pictures = pictures.lock().unwrap_or_else(PoisonError::into_inner);
            pictures.push(Picture { bytes, end });
            minijinja::context! { number => pictures.len(), width, height }
        })
    }

    /// The pictures, in the order of their numbers.
    pub(super) fn all(&self) -> Vec<Picture> {
        let pictures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.clone()
    }
}

/// The kinds of picture that Word shows, as `data:` URIs name them.
const SHOWN: [&str; 3] = ["png", "jpeg", "gif"];

/// The kind of a picture that Word shows, and its bytes in base64.
fn shown(uri: &str) -> Option<(&'static str, &str)> {
    let rest = uri.strip_prefix("data:image/")?;
    let (kind, text) = rest.split_once(";base64,")?;
    let kind = SHOWN.into_iter().find(|one| *one == kind)?;
    Some((kind, text))
}

/// True if Word shows the picture of a `data:` URI.
pub(in crate::report) fn is_shown(uri: &str) -> bool {
    shown(uri).is_some()
}

fn decoded(uri: &str) -> Option<(&'static str, Vec<u8>)> {
    let (kind, text) = shown(uri)?;
    Some((kind, STANDARD.decode(text).ok()?))
}

/// Width and height in pixels, as the picture itself says.
fn size(bytes: &[u8]) -> Option<(usize, usize)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width, size.height))
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn only_what_word_shows_is_taken() {
        assert_eq!(
            decoded("data:image/png;base64,TWFu"),
            Some(("png", b"Man".to_vec()))
        );
        assert_eq!(
            decoded("data:image/gif;base64,TQ=="),
            Some(("gif", b"M".to_vec()))
        );
        for other in [
            "data:image/svg+xml;base64,TQ==",
            "data:image/png;base64,<>",
            "x",
        ] {
            assert_eq!(decoded(other), None);
        }
    }
}
