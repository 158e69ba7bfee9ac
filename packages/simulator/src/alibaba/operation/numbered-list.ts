import type { AlibabaCall } from './operation.js';
import { page, type NumberedPage, type NumberedPageRequest, type NumberedPageRules } from './page.js';
import { text, whole, type InputOf, type ParameterTable } from './parameters.js';

/** The parameters of lists with page numbers. */
export const PAGE = { PageNumber: whole, PageSize: whole };

/** Whether a filter lets a value through: one that is not given, or empty, lets everything. */
export function admits(asked: string | undefined, value: unknown): boolean {
  return asked === undefined || asked === '' || asked === value;
}

/** An action that lists by page numbers. */
interface NumberedList<
  V,
  S extends string,
  T extends string,
  X extends ParameterTable,
  O,
  I,
> extends NumberedPageRules {
  /** What `rows` and `same` need beside texts. */
  readonly parameters?: X;
  /** The rows as the answer shows them. */
  readonly rows: (call: AlibabaCall, input: InputOf<X>) => readonly V[];
  /** Texts that select those that show the same under that name. */
  readonly same?: readonly S[];
  /** Texts that select those that show a text with this one in it. */
  readonly part?: readonly T[];
  /** Where the answer has them: `Plugins.PluginAttribute`. */
  readonly as: readonly [outer: O, inner: I];
}

/** The parameters of such an action. */
type Parameters<N extends string, X> = { readonly [K in Exclude<N, keyof X>]: typeof text } & X & typeof PAGE;

export function numberedList<
  const X extends ParameterTable,
  V extends { readonly [K in S | T]?: unknown },
  const O extends string,
  const I extends string,
  const S extends string = never,
  const T extends string = never,
>({ parameters, rows, same = [], part = [], as: [outer, inner], ...rules }: NumberedList<V, S, T, X, O, I>) {
  type P = Parameters<S | T, X>;
  const texts = Object.fromEntries([...same, ...part].map((name) => [name, text]));
  return {
    parameters: { ...texts, ...parameters, ...PAGE } as unknown as P,
    run(call: AlibabaCall, input: object) {
      const asked = input as InputOf<X> & NumberedPageRequest & Readonly<Partial<Record<S | T, string>>>;
      const fitting = rows(call, asked).filter(
        (row) =>
          same.every((name) => admits(asked[name], row[name])) &&
          part.every((name) => String(row[name] ?? '').includes(asked[name] ?? '')),
      );
      const { items, numbers } = page(fitting, asked, rules);
      return { ...numbers, [outer]: { [inner]: items } } as unknown as NumberedPage<V>['numbers'] & {
        [K in O]: { [L in I]: V[] };
      };
    },
  };
}
