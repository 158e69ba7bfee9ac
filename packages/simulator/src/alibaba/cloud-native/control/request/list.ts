import { admits } from '../../../operation/numbered-list.js';
import type { AlibabaCall } from '../../../operation/operation.js';
import { type InputOf, type ParameterTable, text, whole } from '../../../operation/parameters.js';
import { refusals } from './refusals.js';

const PAGE = { pageNumber: whole, pageSize: whole };

/** Documented for services, APIs, routes and operations; taken for all lists. */
const LARGEST = 100;

/** An operation that lists by page numbers. Its filters compare the members `S` of a row. */
interface List<X extends ParameterTable, R, V, S extends string> {
  /** The parameters besides those of the filters. Those that `rows` does not read are taken and change nothing. */
  readonly parameters?: X;
  readonly rows: (call: AlibabaCall, asked: InputOf<X>) => Iterable<R>;
  /** Texts that select rows with this text in the member of the same name. */
  readonly same?: readonly S[];
  /** Texts that select rows with this one in a text. */
  readonly part?: Readonly<Record<string, S>>;
  /** Texts with commas: the member is one of them. */
  readonly among?: Readonly<Record<string, S>>;
  readonly view: (row: R, call: AlibabaCall) => V;
}

/** Lists rows by page numbers, from 1, ten to a page by default. @throws {AlibabaError} `InvalidParameter` */
export function apigList<
  const X extends ParameterTable,
  R extends { readonly [K in S]: unknown },
  V,
  S extends string = never,
>({ parameters, rows, same = [], part = {}, among = {}, view }: List<X, R, V, S>) {
  const names = [...same, ...Object.keys(part), ...Object.keys(among)];
  const texts = Object.fromEntries(names.map((name) => [name, text]));
  const fits = (asked: Readonly<Record<string, string | undefined>>, row: R): boolean =>
    same.every((name) => admits(asked[name], row[name])) &&
    Object.entries(part).every(([name, member]) => String(row[member]).includes(asked[name] ?? '')) &&
    Object.entries(among).every(
      ([name, member]) => asked[name] === undefined || asked[name].split(',').includes(String(row[member])),
    );
  return {
    parameters: { ...texts, ...parameters, ...PAGE } as typeof PAGE,
    run(call: AlibabaCall, input: InputOf<typeof PAGE>) {
      const { pageNumber = 1, pageSize = 10 } = input;
      const found = [...rows(call, input as InputOf<X>)].filter((row) =>
        fits(input as Readonly<Record<string, string>>, row),
      );
      if (pageNumber < 1) throw refusals.invalid('pageNumber');
      if (pageSize < 1 || pageSize > LARGEST) throw refusals.invalid('pageSize', `It is 1 to ${LARGEST}.`);

      const start = (pageNumber - 1) * pageSize;
      const items = found.slice(start, start + pageSize).map((row) => view(row, call));
      return { items, pageNumber, pageSize, totalSize: found.length };
    },
  };
}
