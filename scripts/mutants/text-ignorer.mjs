// Leaves out sentences: messages, reasons and remedies are no rules, and tests that repeat them word by word hold nothing.
// Strings without a space are kinds, states and codes. They are rules, and are mutated.
import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

const isSentence = (text) => /\s/.test(text);

const ignorer = {
  shouldIgnore: ({ node }) => {
    const pieces =
      node.type === 'StringLiteral'
        ? [node.value]
        : node.type === 'TemplateLiteral'
          ? node.quasis.map(({ value }) => value.raw)
          : [];
    return pieces.some(isSentence) ? 'the text of a message' : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'text', ignorer)];
