//! The few formulas.

/// Dunning's log-likelihood (G²) of a word that stands `a` times in a text of `size_a` words and `b` times in `size_b`
/// other words; negative where the text has less of it than the rest.
///
/// ```text
/// 防汛 6 times in 300 words, 0 times in 20,000   →   G² ≈ 50: distinctive
/// ```
#[must_use]
pub fn log_likelihood(a: u32, b: u32, size_a: u32, size_b: u64) -> f64 {
    let (a, b, size_a) = (f64::from(a), f64::from(b), f64::from(size_a));
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2⁵²")]
    let size_b = size_b as f64;
    if size_a <= 0.0 || size_b <= 0.0 || a + b <= 0.0 {
        return 0.0;
    }
    let share = (a + b) / (size_a + size_b);
    let part = |seen: f64, size: f64| {
        let term = |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
        term(seen, size * share) + term(size - seen, size * (1.0 - share))
    };
    let g = 2.0 * (part(a, size_a) + part(b, size_b));
    if a / size_a >= b / size_b { g } else { -g }
}

/// 1 − Gries' deviation of proportions, normed: 1 where every text has its share, 0 where the smallest has all.
///
/// `parts` are (count in the text, words of the text) of the texts that have the word.
#[must_use]
pub fn evenness(parts: impl IntoIterator<Item = (u32, u32)>, total: u32, size: u64, smallest: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2⁵²")]
    let size = size as f64;
    if total == 0 || size <= 0.0 {
        return 0.0;
    }
    let (mut deviation, mut covered) = (0.0, 0.0);
    for (count, words) in parts {
        let expected = f64::from(words) / size;
        covered += expected;
        deviation += (f64::from(count) / f64::from(total) - expected).abs();
    }
    let dp = f64::midpoint(deviation, (1.0 - covered).max(0.0));
    let most = 1.0 - f64::from(smallest) / size;
    #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
    let even = if most <= 0.0 { 1.0 } else { (1.0 - dp / most).clamp(0.0, 1.0) as f32 };
    even
}

/// logDice: 14 for words that only stand together.
#[must_use]
pub fn log_dice(together: u32, a: u32, b: u32) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "a score of two digits")]
    let score = (14.0 + (2.0 * f64::from(together) / f64::from(a.saturating_add(b).max(1))).log2()) as f32;
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihood_as_in_the_handbook() {
        // 2 (100 ln 2 + 50 ln ½) = 69.3 for the words themselves; the words that are others add a little.
        assert!(
            (log_likelihood(100, 50, 10_000, 20_000) - 69.6).abs() < 1.0,
            "{}",
            log_likelihood(100, 50, 10_000, 20_000)
        );
        assert!(log_likelihood(1, 100, 10_000, 20_000) < 0.0);
        assert!(log_likelihood(0, 0, 1, 1).abs() < f64::EPSILON);
    }

    #[test]
    fn evenness_runs_from_one_text_to_all() {
        assert!((evenness([(2, 100), (2, 100)], 4, 200, 100) - 1.0).abs() < 1e-6);
        assert!(evenness([(4, 100)], 4, 200, 100).abs() < 1e-6);
        assert!((evenness([(4, 200)], 4, 200, 200) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn dice_of_inseparable_words() {
        assert!((log_dice(5, 5, 5) - 14.0).abs() < 1e-6);
        assert!((log_dice(5, 10, 10) - 13.0).abs() < 1e-6);
    }
}
