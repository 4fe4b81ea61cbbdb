//! The small part of JSON Schema that servers enforce. Objects are strict by construction (every property
//! required, no other allowed) and keep the order of their properties: servers write answers in that order, and
//! the decision should come first. Bounds of numbers are left out: servers do not enforce them, some refuse them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A JSON schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// An object with exactly these properties, in this order.
    Object(Vec<(&'static str, Schema)>),
    /// A list; if `length` is given, of exactly so many items.
    Array {
        /// What each item is.
        items: Box<Schema>,
        /// How many there are.
        length: Option<usize>,
    },
    /// A number.
    Number,
    /// A string.
    Text,
}

impl Schema {
    /// The same without the lengths of lists, which some servers refuse.
    pub(super) fn without_lengths(&self) -> Self {
        match self {
            Self::Object(properties) => {
                let bare = |(name, schema): &(&'static str, Self)| (*name, schema.without_lengths());
                Self::Object(properties.iter().map(bare).collect())
            }
            Self::Array { items, .. } => {
                Self::Array { items: Box::new(items.without_lengths()), length: None }
            }
            Self::Number => Self::Number,
            Self::Text => Self::Text,
        }
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Object(properties) => {
                let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
                map.serialize_entry("type", "object")?;
                map.serialize_entry("properties", &Properties(properties))?;
                map.serialize_entry("required", &names)?;
                map.serialize_entry("additionalProperties", &false)?;
            }
            Self::Array { items, length } => {
                map.serialize_entry("type", "array")?;
                map.serialize_entry("items", items)?;
                if let Some(length) = length {
                    map.serialize_entry("minItems", length)?;
                    map.serialize_entry("maxItems", length)?;
                }
            }
            Self::Number => map.serialize_entry("type", "number")?,
            Self::Text => map.serialize_entry("type", "string")?,
        }
        map.end()
    }
}

/// Properties as an object in their own order.
struct Properties<'a>(&'a [(&'static str, Schema)]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, schema)| (name, schema)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_strict_and_keep_their_order() {
        let numbers = Schema::Array { items: Box::new(Schema::Number), length: Some(2) };
        let schema = Schema::Object(vec![("z", numbers), ("a", Schema::Text)]);
        assert_eq!(
            serde_json::to_string(&schema).unwrap(),
            r#"{"type":"object","properties":{"z":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2},"#
                .to_owned()
                + r#""a":{"type":"string"}},"required":["z","a"],"additionalProperties":false}"#
        );
    }
}
