//! What a failed call, a model on this device or a setting says, in German. Messages of calls are recorded in the run, in
//! English, so that a link has one digest: shown are their known sentences in German, and any other as it was recorded.

mod patterns;

use self::patterns::PATTERNS;
use crate::agents::prices::ListError;
use crate::llm::base_url::UrlError;

/// A recorded message as it is shown.
pub fn said(message: &str) -> String {
    let mut rest = message.trim();
    let mut shown: Vec<String> = Vec::new();
    while !rest.is_empty() {
        let Some((german, after)) =
            PATTERNS.iter().find_map(|(english, german)| translated(rest, english, german))
        else {
            shown.push(rest.to_owned());
            break;
        };
        shown.push(german);
        rest = after.trim_start();
    }
    shown.join(" ")
}

/// The German of a text that begins with this pattern, and what follows; `{}` stands for any words.
fn translated<'a>(text: &'a str, english: &str, german: &str) -> Option<(String, &'a str)> {
    let mut parts = english.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut words = Vec::new();
    for part in parts {
        let end = if part.is_empty() { rest.len() } else { rest.find(part)? };
        words.push(&rest[..end]);
        rest = &rest[end + part.len()..];
    }
    let mut shown = String::new();
    let mut words = words.into_iter();
    for (place, part) in german.split("{}").enumerate() {
        if place > 0 {
            shown.push_str(words.next().unwrap_or_default());
        }
        shown.push_str(part);
    }
    Some((shown, rest))
}

/// What is wrong with an address.
pub fn address(error: UrlError) -> String {
    match error {
        UrlError::Empty => {
            "Die Adresse ist leer. Sie sieht aus wie https://api.openai.com/v1 oder http://localhost:8080/v1."
        }
        UrlError::Scheme => "Die Adresse muss mit https:// oder http:// beginnen.",
        UrlError::Credentials => "Die Adresse darf weder Namen noch Passwort enthalten (den Teil vor dem @). Für den \
                                  Schlüssel gibt es ein eigenes Feld.",
        UrlError::Fragment => "Die Adresse darf keinen Teil mit # enthalten.",
        UrlError::Host => "Die Adresse hat keinen gültigen Rechnernamen. Namen mit besonderen Buchstaben schreibt man als \
                           xn--…",
        UrlError::Port => "Der Port nach dem Doppelpunkt muss eine Zahl von 1 bis 65535 sein.",
        UrlError::Character => {
            "Die Adresse enthält ein Zeichen, das dort nicht stehen darf (ein Leerzeichen, einen Backslash …)."
        }
        UrlError::TooLong => "Die Adresse ist zu lang.",
    }
    .to_owned()
}

/// Why a list of prices cannot be used.
pub fn list(error: &ListError) -> String {
    match error {
        ListError::Form => "Was kam, ist keine Liste von Modellen, wie OpenRouter sie schreibt.",
        ListError::Empty => "Die Liste nennt kein Modell mit einem Preis.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::llm::CallError;
    use crate::llm::on_device::OnDeviceError;

    /// Words that stand in every English message and in no German one.
    const ENGLISH: [&str; 5] = [" the ", " this ", " is ", "The ", "Use "];

    fn check(message: &str) {
        let shown = said(message);
        assert!(!ENGLISH.iter().any(|word| shown.contains(word)), "{message}\n{shown}");
    }

    #[test]
    fn every_message_of_a_call_is_german() {
        let detail = String::new;
        let errors = [
            CallError::RateLimited { retry_after_seconds: Some(7), detail: detail() },
            CallError::RateLimited { retry_after_seconds: None, detail: detail() },
            CallError::QuotaExhausted { detail: detail() },
            CallError::Unauthorised,
            CallError::NotAdmitted { status: 451, detail: detail() },
            CallError::Forbidden,
            CallError::NotFound { detail: detail() },
            CallError::BadRequest { status: 400, detail: detail(), unsupported: None },
            CallError::ContextTooLong { detail: detail() },
            CallError::Server { status: 503, retry_after_seconds: None, detail: detail() },
            CallError::Network,
            CallError::Unreachable { reason: "x".into() },
            CallError::TotalTimeout { seconds: 9 },
            CallError::IdleTimeout { seconds: 9 },
            CallError::Cut,
            CallError::Refused { detail: detail() },
            CallError::Oversized,
            CallError::KeyEchoed,
            CallError::Malformed { detail: detail() },
        ];
        errors.iter().for_each(|error| check(&error.to_string()));
        let quoted = CallError::BadRequest { status: 400, detail: "No".into(), unsupported: None };
        assert_eq!(
            said(&quoted.to_string()),
            "Der Server lehnt die Anfrage ab (400). Der Server sagt: „No“ Prüfen Sie die Einstellungen der Verbindung und \
             den Namen des Modells."
        );
        assert_eq!(said("Something else"), "Something else");
    }

    #[test]
    fn every_message_of_a_model_on_this_device_is_german() {
        for code in [
            "no_storage",
            "aborted",
            "unreachable",
            "not_gguf",
            "http",
            "split",
            "too_big",
            "quota",
            "cut",
            "not_kept",
            "no_memory64",
            "no_engine",
            "memory",
            "not_loaded",
            "crashed",
            "not_answered",
            "absent",
            "unavailable",
            "not_downloaded",
            "other",
        ] {
            for detail in ["", "12000000"] {
                check(&OnDeviceError::from_code(code, detail).to_string());
            }
        }
    }
}
