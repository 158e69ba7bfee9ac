/** An expression, written as it is: `aws_lb.shop.arn`. */
export class HclExpression {
  constructor(readonly text: string) {}
}

/** Blocks of one name: `egress { … }`, as often as there are bodies. */
export class HclBlocks {
  constructor(readonly bodies: readonly HclBody[]) {}
}

/** A value of an argument. An object is a map. */
export type HclValue =
  string | number | boolean | HclExpression | readonly HclValue[] | { readonly [key: string]: HclValue };

/** What is inside of a block. Arguments that are `undefined` are left out. */
export type HclBody = { readonly [name: string]: HclValue | HclBlocks | undefined };

/**
 * A text between quotes. `${` and `%{` begin templates, and are doubled.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function hclText(text: string): string {
  const escaped = JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029]/g, (one) => {
    return String.raw`\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  // JSON writes two characters that HCL does not know.
  const known = escaped.replaceAll(/\\(?:([bf])|.)/g, (all, letter: string | undefined) =>
    letter === undefined ? all : letter === 'b' ? String.raw`\u0008` : String.raw`\u000c`,
  );
  return known.replaceAll(/([$%])\{/g, '$1$1{');
}

/** A block in the layout of `terraform fmt`: `resource "aws_lb" "shop" { … }`. */
export function hclBlock(type: string, labels: readonly string[], body: HclBody): string {
  return `${[type, ...labels.map(hclText)].join(' ')} ${bodyText(body, '')}`;
}

/** A name of a resource: letters, digits, `_` and `-`, not beginning with a digit or `-`. */
export function hclName(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|(?<!_)_+$/g, '');
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

const INDENT = '  ';
/** Longer lists have a line for each item. */
const WIDTH = 100;

function bodyText(body: HclBody, indent: string): string {
  const inner = `${indent}${INDENT}`;
  const lines: string[] = [];
  let aligned: [name: string, value: string][] = [];
  const end = (): void => {
    const width = Math.max(...aligned.map(([name]) => name.length));
    for (const [name, value] of aligned) lines.push(`${inner}${name.padEnd(width)} = ${value}`);
    aligned = [];
  };
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    if (value instanceof HclBlocks) {
      end();
      for (const one of value.bodies) lines.push(`${inner}${name} ${bodyText(one, inner)}`);
      continue;
    }

    const text = valueText(value, inner, name.length);
    // Arguments of one line are aligned with each other.
    if (text.includes('\n')) {
      end();
      lines.push(`${inner}${name} = ${text}`);
    } else aligned.push([name, text]);
  }
  end();
  return `{\n${lines.map((line) => `${line}\n`).join('')}${indent}}`;
}

function valueText(value: HclValue, indent: string, used: number): string {
  if (value instanceof HclExpression) return value.text;
  if (typeof value === 'string') return hclText(value);
  if (typeof value !== 'object') return String(value);

  const inner = `${indent}${INDENT}`;
  if (Array.isArray(value)) {
    const items = (value as readonly HclValue[]).map((one) => valueText(one, inner, 0));
    const line = `[${items.join(', ')}]`;
    if (!line.includes('\n') && indent.length + used + line.length < WIDTH) return line;

    return `[\n${items.map((one) => `${inner}${one},\n`).join('')}${indent}]`;
  }

  const entries = Object.entries(value).map(([key, one]) => [mapKey(key), valueText(one, inner, 0)] as const);
  if (entries.length === 0) return '{}';

  const width = Math.max(...entries.map(([key]) => key.length));
  return `{\n${entries.map(([key, one]) => `${inner}${key.padEnd(width)} = ${one}\n`).join('')}${indent}}`;
}

function mapKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : hclText(key);
}
