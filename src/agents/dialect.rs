//! Which parts of a request a model's server takes. It starts with everything and loses what the server refuses;
//! the session remembers it by connection and model, so each refusal is paid for once.

use crate::llm::{Parameter, Quirks, TokenLimit};
use crate::run::AnswerFormat;

/// What may be asked of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The strictest form of answer that it takes.
    pub format: AnswerFormat,
    /// The name of the limit on tokens.
    pub token_limit: TokenLimit,
    /// Whether a temperature may be sent.
    pub temperature: bool,
    /// Whether a stream may be asked to count tokens.
    pub stream_usage: bool,
    /// Whether log-probabilities may be asked for.
    pub logprobs: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            format: AnswerFormat::JsonSchema,
            token_limit: TokenLimit::MaxTokens,
            temperature: true,
            stream_usage: true,
            logprobs: true,
        }
    }
}

impl From<Quirks> for Dialect {
    /// What is known of a kind of server before it is asked.
    fn from(quirks: Quirks) -> Self {
        Self {
            format: if quirks.json_schema { AnswerFormat::JsonSchema } else { AnswerFormat::JsonObject },
            token_limit: quirks.token_limit,
            temperature: true,
            stream_usage: quirks.stream_usage,
            logprobs: quirks.logprobs,
        }
    }
}

impl Dialect {
    /// The dialect without what the server refuses; `None` if it was already without.
    #[must_use]
    pub fn without(self, refused: Parameter) -> Option<Self> {
        let next = match refused {
            Parameter::Format => Self { format: next_rung(self.format), ..self },
            Parameter::MaxTokens => Self { token_limit: TokenLimit::MaxCompletionTokens, ..self },
            Parameter::Temperature => Self { temperature: false, ..self },
            Parameter::StreamUsage => Self { stream_usage: false, ..self },
            Parameter::Logprobs => Self { logprobs: false, ..self },
        };
        (next != self).then_some(next)
    }

    /// What is left when two agents each learnt of refusals.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        let renamed = [self.token_limit, other.token_limit].contains(&TokenLimit::MaxCompletionTokens);
        Self {
            format: if rung(self.format) >= rung(other.format) { self.format } else { other.format },
            token_limit: if renamed { TokenLimit::MaxCompletionTokens } else { TokenLimit::MaxTokens },
            temperature: self.temperature && other.temperature,
            stream_usage: self.stream_usage && other.stream_usage,
            logprobs: self.logprobs && other.logprobs,
        }
    }
}

fn rung(format: AnswerFormat) -> u8 {
    match format {
        AnswerFormat::JsonSchema => 0,
        AnswerFormat::JsonObject => 1,
        AnswerFormat::Text => 2,
    }
}

fn next_rung(format: AnswerFormat) -> AnswerFormat {
    match format {
        AnswerFormat::JsonSchema => AnswerFormat::JsonObject,
        AnswerFormat::JsonObject | AnswerFormat::Text => AnswerFormat::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_step_down_and_end() {
        let first = Dialect::default();
        let second = first.without(Parameter::Format).unwrap();
        let third = second.without(Parameter::Format).unwrap();
        assert_eq!([second.format, third.format], [AnswerFormat::JsonObject, AnswerFormat::Text]);
        assert_eq!(third.without(Parameter::Format), None);
        let cool = first.without(Parameter::Temperature).unwrap();
        assert_eq!(cool.without(Parameter::Temperature), None);
        assert_eq!(cool.meet(second), Dialect { temperature: false, ..second });
        assert_eq!(second.meet(cool), cool.meet(second));
    }
}
