import type { Mark } from './answer.js';
import type { Editor, EditorOptions } from './editor.js';
import type { TextName } from './limits.js';

/** Shows a text: as the page has it until it is edited, then in an editor, which is loaded by its first focus. */
export function createTextPane(options: EditorOptions): Pick<Editor, 'show' | 'mark'> {
  const { parent } = options;
  let editor: Editor | undefined;
  let shown: { readonly name: TextName; readonly text: string } | undefined;
  let marks: readonly Mark[] = [];
  let isLoading = false;

  const load = async (): Promise<void> => {
    if (isLoading) return;
    isLoading = true;
    const { createEditor } = await import('./editor.js');
    const hasFocus = parent.contains(document.activeElement);
    parent.replaceChildren();
    editor = createEditor(options);
    if (shown !== undefined) editor.show(shown.name, shown.text);
    editor.mark(marks);
    if (hasFocus) editor.focus();
  };
  parent.addEventListener('focusin', () => void load());
  parent.addEventListener('click', () => parent.querySelector('pre')?.focus());
  if (parent.contains(document.activeElement)) void load();

  return {
    show: (name, text) => {
      shown = { name, text };
      const plain = parent.querySelector('pre');
      if (editor !== undefined) editor.show(name, text);
      else if (plain !== null) plain.textContent = text;
    },
    mark: (given) => {
      marks = given;
      editor?.mark(given);
    },
  };
}
