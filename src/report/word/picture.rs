//! Pictures of the brand. A template calls `picture` with a `data:` URI and is given its number and
//! its size; the archive then holds it.

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

/// The bytes of a `data:` URI of a picture that Word shows.
fn decoded(uri: &str) -> Option<(&'static str, Vec<u8>)> {
    let rest = uri.strip_prefix("data:image/")?;
    let (end, text) = rest.split_once(";base64,")?;
    let end = ["png", "jpeg", "gif"].into_iter().find(|one| *one == end)?;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().filter(|one| *one != b'=') {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count & 255));
        }
    }
    Some((end, bytes))
}

/// Width and height in pixels, as the picture itself says.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| {
        let pair = bytes.get(at..at + 2)?;
        Some(u32::from(*pair.first()?) << 8 | u32::from(*pair.last()?))
    };
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some((big(18)?, big(22)?)),
        [b'G', b'I', b'F', ..] => Some((big(6)?.swap_bytes() >> 16, big(8)?.swap_bytes() >> 16)),
        [0xff, 0xd8, ..] => {
            // Each segment: a marker, then its length; the frame holds height and width.
            let mut at = 2;
            loop {
                let marker = big(at)?;
                let is_frame = matches!(marker, 0xffc0..=0xffcf)
                    && ![0xffc4, 0xffc8, 0xffcc].contains(&marker);
                if is_frame {
                    return Some((big(at + 7)?, big(at + 5)?));
                }
                if marker < 0xff00 {
                    return None;
                }
                at += 2 + usize::try_from(big(at + 2)?).ok()?.max(2);
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decoded, size};

    #[test]
    fn the_size_is_what_the_picture_says() {
        let png = [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\x50".as_slice(),
            &[8],
        ]
        .concat();
        assert_eq!(size(&png), Some((300, 80)));
        assert_eq!(size(b"GIF89a\x2c\x01\x50\x00"), Some((300, 80)));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x50\x01\x2c";
        assert_eq!(size(jpeg), Some((300, 80)));
        for broken in [
            &png[..20],
            b"\xff\xd8\xff\xe0\x00\x00",
            b"\xff\xd8\x00",
            b"RIFF",
        ] {
            assert_eq!(size(broken), None);
        }
    }

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
