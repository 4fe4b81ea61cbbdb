//! Words about the kinds of server, in German: whether each works from a page, what to switch on, and what a test found
//! out, with the way to mend it.

use super::turns::numbered;
use crate::llm::{Provider, Reach};
use crate::session::{Finding, Probe};
pub use crate::ui::words::en::providers::address_example;
use crate::ui::words::en::providers::error_words;

/// The groups of the list of kinds.
pub const GROUPS: [(Reach, &str); 4] = [
    (Reach::Unknown, "Beliebiger Server"),
    (Reach::Cloud, "In der Cloud"),
    (Reach::Local, "Auf diesem Rechner"),
    (Reach::Never, "Nicht von einer Seite aus"),
];
/// The protocol, for experts.
pub const PROTOCOL: &str = "Schnittstelle";
/// The part for experts.
pub const EXPERT: &str = "Für Fachleute";
/// Where calls go.
pub const CALLS_GO_TO: &str = "Aufrufe gehen an";
/// A model's name at Azure.
pub const AZURE_MODEL: &str = "Bei Azure ist das der Name Ihrer Bereitstellung (Deployment)";
/// Without it nothing can be tested.
pub const AZURE_MODEL_MISSING: &str = "Geben Sie als Modell den Namen Ihrer Bereitstellung ein: Azure verrät Seiten im Browser nicht, \
                                       welche es gibt";
/// While a test waits for the browser's question to be answered.
pub const MAY_ASK: &str = "Fragt der Browser, ob diese Seite auf Geräte in Ihrem Netzwerk oder auf diesen Rechner zugreifen darf, so \
                           erlauben Sie es.";
/// Signs in.
pub const SIGN_IN: &str = "Bei OpenRouter anmelden…";
/// What signing in does.
pub const SIGN_IN_HINT: &str = "OpenRouter fragt, ob Sie diese Seite zulassen, und schickt Sie mit einem eigenen Schlüssel zurück. Sie \
                                müssen nichts einfügen; der Schlüssel bleibt im Arbeitsspeicher dieses Tabs.";
/// While it goes there.
pub const SIGNING_IN: &str = "Weiter zu OpenRouter…";
/// The key came.
pub const SIGNED_IN: &str = "Angemeldet: Der Schlüssel von OpenRouter ist im Arbeitsspeicher dieses Tabs, die Verbindung ist gespeichert.";
/// It did not.
pub const NOT_SIGNED_IN: &str = "Die Anmeldung bei OpenRouter ist nicht gelungen";
/// What to do.
pub const NOT_SIGNED_IN_NEXT: &str = "Melden Sie sich im Formular der Verbindung noch einmal an, oder erstellen Sie auf openrouter.ai \
                                      einen Schlüssel, und geben Sie ihn dort ein.";

/// A code came that was not asked for.
pub const SIGN_IN_UNASKED: &str =
    "Es kam eine Anmeldung zurück, die dieser Tab nicht begonnen hatte; ihr Code wurde verworfen.";
/// No code came.
pub const SIGN_IN_ABANDONED: &str = "Sie wurde nicht abgeschlossen, darum gibt es keinen Schlüssel.";

/// OpenRouter said no.
pub fn sign_in_refused(why: &str) -> String {
    if why.is_empty() {
        "OpenRouter hat abgelehnt.".to_owned()
    } else {
        format!("OpenRouter sagt: „{why}“.")
    }
}

/// What to know of a kind before choosing it: whether it works from a page, and what to switch on.
pub fn note(provider: &Provider) -> &'static str {
    match provider.id {
        "openai" | "openai-responses" => {
            "Funktioniert direkt von dieser Seite aus. Braucht einen Schlüssel. Ist er falsch, verbirgt OpenAI das vor Seiten im \
             Browser: Es sieht aus, als wäre die Verbindung gescheitert."
        }
        "anthropic" => {
            "Funktioniert direkt von dieser Seite aus. Braucht einen Schlüssel. Manche Organisationen lassen keine Seiten zu: \
             Dann wird jeder Schlüssel abgelehnt."
        }
        "gemini" => {
            "Funktioniert direkt von dieser Seite aus, über Googles eigene Schnittstelle. Braucht einen Schlüssel aus AI Studio."
        }
        "openrouter" => {
            "Funktioniert direkt von dieser Seite aus. Melden Sie sich an, oder geben Sie einen Schlüssel ein. Ein Konto für \
             die Modelle vieler Anbieter."
        }
        "mistral" | "groq" | "deepseek" | "together" | "xai" | "cerebras" | "fireworks" | "perplexity" => {
            "Funktioniert direkt von dieser Seite aus. Braucht einen Schlüssel."
        }
        "azure" => {
            "Funktioniert direkt von dieser Seite aus. Geben Sie die Adresse Ihrer Ressource ein, \
             https://NAME.openai.azure.com, dazu einen ihrer Schlüssel und als Modell den Namen Ihrer Bereitstellung."
        }
        "ollama" => {
            "Funktioniert sofort für Seiten auf localhost. Liegt diese Seite anderswo, setzen Sie OLLAMA_ORIGINS auf ihre \
             Adresse, bevor Sie Ollama starten."
        }
        "lm-studio" => "Starten Sie den Server so, dass er Seiten zulässt: lms server start --cors",
        "llama-cpp" => {
            "Funktioniert ohne Weiteres von dieser Seite aus: Starten Sie llama-server. Er antwortet, wie auch immer das \
             Modell hier heißt."
        }
        "vllm" => {
            "Funktioniert ohne Weiteres von dieser Seite aus: Starten Sie vLLM mit vllm serve. Ein Test zeigt, wie das Modell \
             dort heißt."
        }
        "bedrock" => {
            "Lässt sich von einer Seite aus nicht aufrufen: Die Server von Amazon lassen keine zu (kein CORS), und Aufrufe \
             müssen signiert sein. Dieselben Modelle erreichen Sie über OpenRouter oder über ein eigenes Gateway."
        }
        "nvidia" => {
            "Lässt sich von einer Seite aus nicht aufrufen: Die Server von NVIDIA lassen keine zu (kein CORS). Betreiben Sie \
             die Modelle mit vLLM auf Ihrem eigenen Rechner, oder nehmen Sie OpenRouter."
        }
        _ => {
            "Funktioniert direkt von dieser Seite aus, wenn der Server sie zulässt (CORS) und eine der Schnittstellen unten \
             beherrscht."
        }
    }
}

/// What a test came to, in a sentence or three: what happened, why, and what to do.
pub fn found(finding: Finding, probe: &Probe, provider: &Provider, model: &str, page: &str) -> String {
    match finding {
        Finding::Works => {
            let millis = probe.call.as_ref().and_then(|call| call.as_ref().ok()).copied().unwrap_or_default();
            format!("{} {}", super::on_device::works(millis), listed(probe))
        }
        Finding::Lists => format!(
            "Der Server antwortet. {} Wählen Sie ein Modell, und testen Sie noch einmal, um es einmal aufzurufen.",
            listed(probe)
        ),
        Finding::NoKey => {
            "Der Server verlangt einen Schlüssel, und keiner ist eingegeben. Geben Sie einen ein, und testen Sie noch einmal."
                .to_owned()
        }
        Finding::WrongKey => {
            format!("Der Server nimmt den Schlüssel nicht an (401). {}", key_fix(provider))
        }
        Finding::PerhapsWrongKey => format!(
            "{} antwortet, verbirgt die Antwort aber vor dieser Seite. So ist es dort, wenn ein Schlüssel falsch ist. {}",
            provider.name,
            key_fix(provider)
        ),
        Finding::UnknownModel => format!(
            "Server und Schlüssel sind in Ordnung, aber ein Modell „{model}“ gibt es dort nicht. {}",
            if probe.models.is_empty() {
                model_fix(provider)
            } else {
                "Wählen Sie eines der Modelle unten."
            }
        ),
        Finding::WrongAddress => {
            "Dort antwortet etwas, aber nicht unter dieser Adresse (404). Prüfen Sie, wie die Basis-URL endet (oft mit /v1), \
             und unter „Für Fachleute“ die Schnittstelle."
                .to_owned()
        }
        Finding::Offline => {
            "Der Browser ist offline. Stellen Sie die Internetverbindung her; ein Modell auf diesem Rechner kommt ohne aus."
                .to_owned()
        }
        Finding::Policy => {
            "Eine Regel dieser Seite verbietet den Aufruf: Wer sie betreibt, erlaubt nur bestimmte Adressen \
             (Content-Security-Policy, connect-src). Bitten Sie darum, diese zu erlauben, oder öffnen Sie Credence anderswo."
                .to_owned()
        }
        Finding::MixedContent => {
            "Diese Seite kam über https, darum darf sie keinen http-Server aufrufen, außer auf diesem Rechner. Versehen Sie \
             den Server mit https (das leistet etwa ein Proxy wie Caddy), oder öffnen Sie Credence über http in Ihrem eigenen \
             Netzwerk."
                .to_owned()
        }
        Finding::LocalNetworkDenied => {
            "Der Browser verwehrt dieser Seite den Zugriff auf Ihr lokales Netzwerk oder auf diesen Rechner. So erlauben Sie \
             ihn: Drücken Sie auf das Symbol links neben der Adresse, stellen Sie „Zugriff auf lokales Netzwerk“ (oder „Apps \
             auf dem Gerät“) auf „Zulassen“, und testen Sie noch einmal."
                .to_owned()
        }
        Finding::LocalNetworkUnanswered => {
            "Der Browser fragt, ob diese Seite auf Ihr lokales Netzwerk oder auf diesen Rechner zugreifen darf. Testen Sie \
             noch einmal, und erlauben Sie es."
                .to_owned()
        }
        Finding::InsecurePage => {
            "Eine Seite, die über http aus dem Internet kam, darf keine Server in Ihrem Netzwerk oder auf diesem Rechner \
             aufrufen. Öffnen Sie Credence über https oder von diesem Rechner."
                .to_owned()
        }
        Finding::NoCors => format!(
            "Dort antwortet ein Server, lässt aber diese Seite nicht zu (kein CORS). {}",
            cors_fix(provider, page)
        ),
        Finding::HiddenRefusal => format!(
            "Der Server nennt seine Modelle, verbirgt aber, warum er den Aufruf ablehnt (seinen Fehlermeldungen fehlt CORS). \
             Meist ist der Schlüssel falsch, oder das Modell gibt es dort nicht. {}",
            key_fix(provider)
        ),
        Finding::Down => format!("Unter dieser Adresse antwortet nichts. {}", down_fix(provider)),
        Finding::Forbidden => format!(
            "Der Server lehnt die Anfrage ab (403). {}",
            if provider.reach == Reach::Cloud {
                "Der Schlüssel darf dieses Modell nicht benutzen, oder der Anbieter bedient Ihre Region nicht. Prüfen Sie die \
                 Rechte des Schlüssels."
                    .to_owned()
            } else {
                cors_fix(provider, page)
            }
        ),
        Finding::NotAdmitted => format!("{}{}", error_words(probe), admission_fix(provider)),
        Finding::Quota | Finding::RateLimited | Finding::Other => error_words(probe),
    }
}

fn listed(probe: &Probe) -> String {
    match probe.models.len() {
        0 => "Der Server nennt keine Modelle.".to_owned(),
        count => format!("Der Server nennt {}.", numbered(count, "Modell", "Modelle")),
    }
}

fn key_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "openai" | "openai-responses" => {
            "Erstellen Sie auf platform.openai.com unter „API keys“ einen Schlüssel, und geben Sie ihn hier ein."
        }
        "anthropic" => {
            "Erstellen Sie auf console.anthropic.com unter „API keys“ einen Schlüssel, und geben Sie ihn hier ein."
        }
        "gemini" => "Erstellen Sie auf aistudio.google.com einen Schlüssel, und geben Sie ihn hier ein.",
        "openrouter" => {
            "Melden Sie sich oben an, oder erstellen Sie auf openrouter.ai einen Schlüssel, und geben Sie ihn hier ein."
        }
        "azure" => "Nehmen Sie im Azure-Portal einen der beiden Schlüssel genau dieser Ressource.",
        "ollama" | "lm-studio" | "llama-cpp" | "vllm" => {
            "Geben Sie den Schlüssel ein, mit dem der Server gestartet wurde."
        }
        _ => {
            "Prüfen Sie, ob er vollständig ist und zu diesem Server gehört, und geben Sie ihn noch einmal ein."
        }
    }
}

fn model_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "ollama" => "Holen Sie es zuerst: mit ollama pull und dem Namen des Modells.",
        "azure" => "Geben Sie den Namen Ihrer Bereitstellung so ein, wie ihn das Azure-Portal zeigt.",
        _ => "Prüfen Sie die Schreibweise.",
    }
}

fn cors_fix(provider: &Provider, page: &str) -> String {
    match provider.id {
        "ollama" => format!(
            "Setzen Sie OLLAMA_ORIGINS={page} in der Umgebung von Ollama, starten Sie Ollama neu, und testen Sie noch einmal."
        ),
        "lm-studio" => "Starten Sie den Server mit: lms server start --cors".to_owned(),
        "vllm" => {
            format!(
                "Starten Sie vLLM mit der Option --allowed-origins '[\"{page}\"]' oder ganz ohne diese Option."
            )
        }
        "llama-cpp" => {
            "llama-server lässt jede Seite zu: Vielleicht belegt ein anderes Programm diesen Port.".to_owned()
        }
        _ if provider.reach == Reach::Cloud => {
            "Prüfen Sie die Basis-URL; stimmt sie, so lässt der Anbieter keine Seiten mehr zu.".to_owned()
        }
        _ => format!(
            "Der Server muss Access-Control-Allow-Origin: {page} senden und OPTIONS-Anfragen beantworten."
        ),
    }
}

fn down_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "ollama" => {
            "Starten Sie Ollama (ollama serve), und prüfen Sie den Port, meist 11434. Safari lässt https-Seiten nicht auf diesen \
             Rechner zugreifen: Nehmen Sie einen anderen Browser."
        }
        "lm-studio" => {
            "Starten Sie den Server (lms server start --cors), und prüfen Sie den Port, meist 1234. Safari lässt https-Seiten \
             nicht auf diesen Rechner zugreifen: Nehmen Sie einen anderen Browser."
        }
        "llama-cpp" => {
            "Starten Sie llama-server, und prüfen Sie den Port, meist 8080. Safari lässt https-Seiten nicht auf diesen Rechner \
             zugreifen: Nehmen Sie einen anderen Browser."
        }
        "vllm" => {
            "Starten Sie vLLM mit vllm serve, und prüfen Sie den Port, meist 8000. Safari lässt https-Seiten nicht auf diesen \
             Rechner zugreifen: Nehmen Sie einen anderen Browser."
        }
        _ if provider.reach == Reach::Cloud => {
            "Prüfen Sie die Basis-URL und Ihre Internetverbindung; vielleicht blockiert eine Firewall oder eine Erweiterung des \
             Browsers den Aufruf, oder der Anbieter ist ausgefallen."
        }
        _ => {
            "Prüfen Sie, ob der Server läuft und ob Host und Port in der Basis-URL stimmen; vielleicht blockiert eine Firewall \
             oder eine Erweiterung des Browsers den Aufruf."
        }
    }
}

fn admission_fix(provider: &Provider) -> &'static str {
    match provider.id {
        "anthropic" => {
            " Bei Anthropic lassen Organisationen mit eigenen Vorgaben zur Datenaufbewahrung keine Seiten zu: Über OpenRouter \
             funktionieren dieselben Modelle."
        }
        _ => "",
    }
}
