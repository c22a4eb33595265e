//! The order of a short list that speaks for several packs.

/// Sorts by rank, and within a rank takes the first of each pack before the second of any.
pub(super) fn spread<T: Copy, R: Ord, P: Eq>(list: &mut [T], key: impl Fn(T) -> (R, P)) {
    let keys: Vec<(R, P)> = list.iter().map(|one| key(*one)).collect();
    let before = |place: usize, (rank, pack): &(R, P)| {
        let earlier = keys.iter().take(place);
        earlier
            .filter(|(other, own)| other == rank && own == pack)
            .count()
    };
    let turns: Vec<usize> = keys
        .iter()
        .enumerate()
        .map(|(place, key)| before(place, key))
        .collect();
    let mut order: Vec<usize> = (0..list.len()).collect();
    order.sort_by_key(|place| {
        (
            keys.get(*place).map(|(rank, _)| rank),
            turns.get(*place).copied(),
        )
    });
    let sorted: Vec<T> = order
        .iter()
        .filter_map(|place| list.get(*place).copied())
        .collect();
    list.copy_from_slice(&sorted);
}
