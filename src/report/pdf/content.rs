//! What a page draws, as operators.

use super::copy::{Numbers, write};
use hayro_syntax::content::UntypedIter;

/// The content of a page with everything that belongs to no part of the text marked as furniture, so
/// that it is not read out on every page: running heads, page numbers, lines and areas. `None` where
/// the content holds what this cannot write.
pub(super) fn with_artifacts(content: &[u8]) -> Option<Vec<u8>> {
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
