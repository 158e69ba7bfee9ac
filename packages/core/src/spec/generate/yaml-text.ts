import { Document, visit } from 'yaml';
import { displayText } from '../../ground/text/display.js';
import { escapedYaml } from '../../ground/text/json-text.js';

/** A value as YAML that is safe on a terminal and in a CI log: other texts are in double quotes, with escapes. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && displayText(node.value) !== node.value) node.type = 'QUOTE_DOUBLE';
    },
  });
  return escapedYaml(document.toString({ lineWidth: 0, blockQuote: false, doubleQuotedAsJSON: true }));
}
