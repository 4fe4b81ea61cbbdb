//! The same evaluation for the native program: its questions, its panel, and the command that asks them.

use serde_json::{Map, Value};

use super::Plan;

/// What stands for a server in the command: keys and addresses are nobody's business here.
const SERVER: &str = "--server ADDRESS ";

impl Plan {
    /// The questions, one a line, as [`crate::evaluate::Preset::Plain`] reads them.
    pub fn question_lines(&self) -> String {
        let mut lines = String::new();
        for question in &self.questions {
            let mut fields = Map::new();
            let mut put = |name: &str, text: &str| {
                if !text.is_empty() {
                    fields.insert(name.to_owned(), text.into());
                }
            };
            put("id", &question.id);
            put("question", &question.question);
            put("background", &question.background);
            put("criterion", &question.criterion);
            put("category", &question.category);
            // By its text: a number could be an outcome's name or its place.
            put("answer", question.outcomes.get(question.answer).map_or("", String::as_str));
            fields.insert("outcomes".to_owned(), question.outcomes.clone().into());
            if let Some(price) = question.market_price {
                fields.insert("market_price".to_owned(), price.into());
            }
            lines.push_str(&Value::Object(fields).to_string());
            lines.push('\n');
        }
        lines
    }

    /// The panel's set-up.
    pub fn panel_text(&self) -> String {
        // A set-up that was checked has a form in JSON.
        let value = serde_json::to_value(&self.panel).unwrap_or_default();
        format!("{value}\n")
    }

    /// The command that asks the same of the same.
    pub fn command(&self) -> String {
        let server = if self.panel.all_simulated() { "" } else { SERVER };
        format!(
            "credence evaluate questions.jsonl panel.json {server}--methods {} --seed {} --out results/",
            self.methods.join(","),
            self.seed
        )
    }
}
