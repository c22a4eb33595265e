//! Widths of the texts of a badge.

/// Widths of the signs from space to tilde in hundredths of the size of the type, as the font
/// `DejaVu Sans` has them; Verdana is as wide.
const WIDTHS: [u8; 95] = [
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
    79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
    63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
/// Any other sign is taken to be as wide as a capital.
const OTHER: u8 = 70;
const SIZE: f64 = 11.0;

/// Width of a text, in pixels.
pub(in crate::report) fn breadth(text: &str) -> f64 {
    let width = |letter: char| {
        let place = usize::try_from(u32::from(letter).wrapping_sub(32)).unwrap_or(usize::MAX);
        f64::from(WIDTHS.get(place).copied().unwrap_or(OTHER))
    };
    let text = text.chars().map(width).sum::<f64>() * SIZE / 100.0;
    text.ceil()
}

#[cfg(test)]
mod tests {
    use super::breadth;

    #[test]
    fn a_longer_text_is_wider() {
        let (one, more) = (breadth("met"), breadth("not met"));
        assert!(more > one);
        // m 97, e 62, t 39: 198 hundredths of 11 pixels are 21.78.
        assert!((one - 22.0).abs() < 1e-9);
        assert!(breadth("ü") > 7.0);
    }
}
