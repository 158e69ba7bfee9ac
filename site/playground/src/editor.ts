import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { history, historyKeymap, standardKeymap, toggleComment } from '@codemirror/commands';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Mark } from './answer.js';
import { complete, type Schema } from './complete.js';
import { tooLong, type TextName } from './limits.js';
import { yamlColors } from './yaml-colors.js';

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly onChange: (name: TextName, text: string) => void;
  readonly onRun: () => void;
  /** A text that is too long was not inserted: the sentence that says so. */
  readonly onRefused: (sentence: string) => void;
  readonly schema: () => Promise<object | undefined>;
}

export interface Editor {
  /** Shows one of the texts. */
  readonly show: (name: TextName, text: string) => void;
  readonly mark: (marks: readonly Mark[]) => void;
  readonly focus: () => void;
}

const LABELS: Readonly<Record<TextName, string>> = {
  spec: 'Spec, as YAML',
  snapshot: 'Snapshot, as JSON',
  blocks: 'CIDR blocks, one on each line',
};

/** Colors are variables of the page, so that they follow light and dark. */
const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--pg-key)' },
  { tag: tags.string, color: 'var(--pg-text)' },
  { tag: [tags.number, tags.keyword], color: 'var(--pg-value)' },
  { tag: tags.comment, color: 'var(--pg-comment)' },
  { tag: tags.punctuation, color: 'var(--pg-dim)' },
]);

/** An editor for one of several texts at a time. Tab is not captured: it leaves the editor. */
export function createEditor(options: EditorOptions): Editor {
  let shown: TextName = 'spec';
  let marks: readonly Mark[] = [];
  const view = new EditorView({ parent: options.parent });
  const mark = (given: readonly Mark[]): void => {
    marks = given;
    const own = given.filter(({ of }) => of === shown).map((one) => diagnosticOf(one, view.state.doc));
    view.dispatch(setDiagnostics(view.state, own));
  };
  return {
    show: (name, text) => {
      shown = name;
      view.setState(EditorState.create({ doc: text, extensions: [...extensionsOf(name, options), COMMON] }));
      mark(marks);
    },
    mark,
    focus: () => view.focus(),
  };
}

const COMMON: Extension = [
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  highlightActiveLine(),
  indentUnit.of('  '),
  syntaxHighlighting(HIGHLIGHT),
  keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...standardKeymap]),
  keymap.of([{ key: 'Mod-/', run: toggleComment }]),
];

function extensionsOf(name: TextName, { onChange, onRun, onRefused, schema }: EditorOptions): readonly Extension[] {
  const run = () => {
    onRun();
    return true;
  };
  return [
    // It is focusable without a tabindex, which not every tool knows.
    EditorView.contentAttributes.of({ 'aria-label': LABELS[name], tabindex: '0' }),
    keymap.of([{ key: 'Mod-Enter', preventDefault: true, run }]),
    EditorState.changeFilter.of((change) => {
      const sentence = change.docChanged ? tooLong(name, change.newDoc.length) : undefined;
      if (sentence !== undefined) onRefused(sentence);
      return sentence === undefined;
    }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onChange(name, state.doc.toString());
    }),
    // A snapshot has lines of braces only: it is not parsed, since it may have megabytes.
    ...(name === 'spec'
      ? [yamlColors, autocompletion({ icons: false, override: [(context) => completionsAt(context, schema)] })]
      : []),
  ];
}

async function completionsAt(
  context: CompletionContext,
  schema: EditorOptions['schema'],
): Promise<CompletionResult | null> {
  const known = await schema();
  const found = known && complete(context.state.doc.toString(), context.pos, known as Schema);
  if (found === undefined || (!context.explicit && found.from === context.pos)) return null;
  const options = found.choices.map(({ label, apply, kind, info }) => ({
    label,
    apply,
    type: kind === 'key' ? 'property' : 'constant',
    ...(info === undefined ? {} : { info }),
  }));
  return { from: found.from, options, validFor: /^[\w$./-]*$/ };
}

/** From the column to the end of the line; CodeMirror takes offsets. */
function diagnosticOf({ line, column, severity, message }: Mark, doc: Text): Diagnostic {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  const begin = Math.min(from + Math.max(0, column - 1), to);
  return { from: begin, to, severity, message };
}
