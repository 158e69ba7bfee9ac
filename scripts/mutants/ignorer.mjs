// Leaves out what is no rule. Sentences: tests that repeat messages, reasons and remedies word by word hold nothing. Strings without a space
// are kinds, states and codes, and are mutated. Empty lists: their mutant is a list of one text, "Stryker was here", which the compiler
// refuses for most lists, and which names nothing in a list of IDs.
import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

const isSentence = (text) => /\s/.test(text);

function reasonToIgnore(node) {
  if (node.type === 'StringLiteral') return isSentence(node.value) ? 'the text of a message' : undefined;
  if (node.type === 'TemplateLiteral')
    return node.quasis.some(({ value }) => isSentence(value.raw)) ? 'the text of a message' : undefined;
  return node.type === 'ArrayExpression' && node.elements.length === 0 ? 'an empty list' : undefined;
}

const ignorer = { shouldIgnore: ({ node }) => reasonToIgnore(node) };

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'no-rule', ignorer)];
