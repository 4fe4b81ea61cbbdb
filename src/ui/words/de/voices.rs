//! What simulated traders say, in German: their words are part of the run and English (`run/simulate`), so that a link has
//! one digest; shown are their few patterns in German. Anything else is shown as it was said.

/// How what a trader saw goes on, in English and in German; the answer that it favours follows.
const AFTER_LOOKS: [(&str, &str); 5] = [
    (": they favour ", ": Sie sprechen für "),
    (", some misread: ", ", einige falsch gelesen: "),
    (", and surely ", ", und ganz sicher "),
    (", and the price agrees with half of me: ", ", und der Preis gibt mir halb recht: "),
    ("; the price goes too far, I say ", "; der Preis geht zu weit, ich sage "),
];

/// Words of an agent as they are shown.
pub fn said(words: &str) -> String {
    in_german(words).unwrap_or_else(|| words.to_owned())
}

fn in_german(words: &str) -> Option<String> {
    if let Some(favourite) =
        words.strip_prefix("It is ").and_then(|rest| rest.strip_suffix(", whatever anybody says"))
    {
        return Some(format!("Es ist {favourite}, was immer die anderen sagen"));
    }
    if let Some(favourite) = words.strip_prefix("I say what my neighbour says: ") {
        return Some(format!("Ich sage, was mein Nachbar sagt: {favourite}"));
    }
    if let Some(favourite) = words.strip_prefix("A throw of the dice: ") {
        return Some(format!("Gewürfelt: {favourite}"));
    }
    let (looks, rest) = words.split_once(" signals seen")?;
    let (seen, all) = looks.split_once(" of ")?;
    let (seen, all): (u32, u32) = (seen.parse().ok()?, all.parse().ok()?);
    let looks = format!("{seen} von {all} Signalen gesehen");
    let known = AFTER_LOOKS.iter().find_map(|(english, german)| Some((rest.strip_prefix(english)?, german)));
    if let Some((favourite, german)) = known {
        return Some(format!("{looks}{german}{favourite}"));
    }
    let favourite = rest.strip_prefix(": ")?.strip_suffix(", perhaps")?;
    Some(format!("{looks}: vielleicht {favourite}"))
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn simulated_traders_speak_german_and_nobody_else_is_changed() {
        assert_eq!(said("3 of 5 signals seen: Nein, perhaps"), "3 von 5 Signalen gesehen: vielleicht Nein");
        assert_eq!(
            said("1 of 2 signals seen; the price goes too far, I say Ja"),
            "1 von 2 Signalen gesehen; der Preis geht zu weit, ich sage Ja"
        );
        for words in ["Most of 5 signals seen: they favour Ja", "It is so", "2 of 3 signals seen and more"] {
            assert_eq!(said(words), words);
        }
    }
}
