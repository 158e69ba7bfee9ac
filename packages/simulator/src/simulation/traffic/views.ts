/**
 * Views of gateways as their control plane has them, read once for each version of the account. A view is the same object while its
 * rows are the same.
 */
export class Views<V> {
  readonly #known = new Map<string, { readonly version: number; readonly view: V | undefined }>();

  constructor(
    /** Changes whenever the account may have changed. */
    private readonly version: () => number,
    /** Reads the gateway of an ID in a region. */
    private readonly readNow: (region: string, id: string) => V | undefined,
    private readonly isSame: (a: V, b: V) => boolean,
  ) {}

  /** The view of `<region>/<id>`; undefined where the gateway does not exist. */
  read(key: string): V | undefined {
    const version = this.version();
    const known = this.#known.get(key);
    if (known?.version === version) return known.view;
    const [region = '', id = ''] = key.split('/');
    const fresh = this.readNow(region, id);
    const view = known?.view && fresh && this.isSame(known.view, fresh) ? known.view : fresh;
    this.#known.set(key, { version, view });
    return view;
  }

  /** Forgets all. */
  reset(): void {
    this.#known.clear();
  }
}
