/** What the first use loads. */
interface App {
  readonly mount: (
    root: HTMLElement,
    options: { readonly checks: string; readonly used: Element | undefined },
  ) => Promise<void>;
}

/**
 * Waits for the first use of a playground: focus, a button, or a link with a state. Only then is its program loaded, from `app`.
 * `checks` is the address of the page of checks.
 */
export function boot(root: HTMLElement, app: string, checks: string): void {
  root.classList.add('pg-live');
  const uses = ['focusin', 'click', 'change'] as const;
  let isLoading = false;
  let used: Element | undefined;
  const load = async (): Promise<void> => {
    try {
      const { mount } = (await import(/* @vite-ignore */ app)) as App;
      for (const use of uses) root.removeEventListener(use, onUse);
      await mount(root, { checks, used });
    } catch {
      const status = root.querySelector('.pg-status');
      if (status !== null) status.textContent = 'The playground could not be loaded. Reload the page to try again.';
    }
  };
  const onUse = ({ type, target }: Event): void => {
    // What was pressed while the program was loaded is carried out then; what has the focus is not.
    if (type === 'click' && target instanceof Element) used = target;
    if (isLoading) return;
    isLoading = true;
    void load();
  };
  for (const use of uses) root.addEventListener(use, onUse);
  if (/^#v\d+=/.test(location.hash)) {
    isLoading = true;
    void load();
  }
}
