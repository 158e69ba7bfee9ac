// docs/spec.md as it should be: every key of the spec, from the notes in its schema (packages/core/src/spec/schema).
import { moduleOf } from './module-of.mjs';
import { PREAMBLE, VALUE_TYPES } from './spec-page-text.mjs';

/** The JSON Schema of a spec with all notes, which the published one folds into the descriptions. */
function schemaWithNotes() {
  return moduleOf(
    'cli',
    `import * as z from 'zod';
     import { cloud as aws } from '@postern/aws/cloud';
     import { cloud as alibaba } from '@postern/alibaba/cloud';
     import { clouds } from '../../core/src/do/kinds/cloud/clouds.ts';
     import { specSchemaOf } from '../../core/src/spec/schema/spec-schema.ts';
     export const schema = z.toJSONSchema(specSchemaOf(clouds([aws, alibaba])), { target: 'draft-7', io: 'input', unrepresentable: 'any' });`,
  ).schema;
}

/** A value as YAML that fits on one line. */
function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => `${scalar(key)}: ${inline(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' ? scalar(value) : String(value);
}

/** What YAML would read as something else, or as two things, is quoted. */
const scalar = (text) =>
  /^[A-Za-z$][\w$./-]*(?:[:/][\w$./-]+)*$|^(?:\d+\.){3}\d+(?:\/\d+)?$|^\d+(?:ms|[smh])$/.test(text)
    ? text
    : text.includes("'")
      ? JSON.stringify(text)
      : `'${text}'`;

/** The objects that a value may be: one, or the one of each cloud. */
function objectsOf(schema) {
  if (schema.properties) return [schema];
  const branches = schema.oneOf ?? schema.anyOf ?? [];
  return branches.flatMap(objectsOf);
}

/** A type that the page explains. */
function named(type) {
  if (VALUE_TYPES.some(([name]) => name === type)) return type;
  throw new Error(`docs/spec.md does not explain the type ${type}`);
}

function typeOf(schema) {
  if (schema.valueType) return named(schema.valueType);
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.type === 'array') return `list of ${plural(typeOf(schema.items))}`;
  if (schema.type === 'object')
    return schema.properties
      ? 'map'
      : `map of ${typeOf(schema.propertyNames)} to ${typeOf(schema.additionalProperties)}`;
  if (schema.type === 'string') return 'text';
  if (schema.type === 'boolean') return '`true` or `false`';
  throw new Error(`docs/spec.md has no name for the type ${JSON.stringify(schema)}`);
}

const plural = (noun) => (noun.endsWith('y') ? noun.replace(/y$/, 'ies') : `${noun}${noun.endsWith('s') ? 'es' : 's'}`);

const mapped = (schema) => (schema.type === 'object' && !schema.properties ? schema.additionalProperties : undefined);

/** What the clouds say of one key, each text once. */
const each = (schemas, member) => [...new Set(schemas.flatMap((schema) => schema[member] ?? []))];

/** One row for each key, merged over the clouds that have it. */
function rowsOf(objects, section) {
  const keys = [...new Set(objects.flatMap(({ properties }) => Object.keys(properties)))];
  return keys.map((key) => {
    const having = objects.filter(({ properties }) => properties[key]);
    const all = having.map(({ properties }) => properties[key]);
    const [first] = all;
    if (!first.description) throw new Error(`${section}: ${key} has no description`);
    const isRequired = having.every(({ required = [] }) => required.includes(key));
    if (!isRequired && each(all, 'absent').length === 0)
      throw new Error(`${section}: ${key} does not say what holds without it`);
    const examples = [
      ...new Set(all.flatMap(({ shown = [] }) => shown).map((one) => `\`${scalar(key)}: ${inline(one)}\``)),
    ];
    return {
      key,
      schema: first,
      cells: [
        `\`${key}\``,
        each(all, 'description').join(' '),
        [...new Set(all.map(typeOf))].join(' or '),
        isRequired ? 'required' : each(all, 'absent').join(' or '),
        each(all, 'cloud').length === 1 ? (first.cloud ?? 'both') : 'both',
        examples.join(' or '),
      ],
    };
  });
}

const HEAD = '| key | meaning | type | default | cloud | examples |\n| --- | --- | --- | --- | --- | --- |';

/** The section of an object's keys, and those of the objects inside it. */
function sections(schema, title, done) {
  const objects = objectsOf(schema);
  if (objects.length === 0 || done.has(schema.valueType ?? title)) return [];
  if (schema.valueType) done.add(schema.valueType);
  const prefix = title === TOP ? '' : `${title}.`;
  const rows = rowsOf(objects, title).map(({ key, schema: inner, cells }) => {
    const below = inside(inner, `${prefix}${key}`, done);
    return { below, text: linked(cells, below) };
  });
  const heading = title === TOP ? title : `\`${title}\``;
  return [
    `## ${heading}\n\n${Object.hasOwn(WORDS, title) ? `<!-- search: ${WORDS[title]} -->\n\n` : ''}${HEAD}\n${rows.map(({ text }) => text).join('\n')}`,
    ...rows.flatMap(({ below }) => below),
  ];
}

/** Other words for a section, which the search of the site finds. */
const WORDS = { 'ignore[]': 'suppress a finding, accept, silence, exception, false positive' };

const TYPE = 2;

/** A row whose type leads to the section of its keys, where it has one. */
function linked(cells, [below]) {
  const title = below && /^## `(.*)`/.exec(below)[1];
  const anchor = title
    ?.toLowerCase()
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '-');
  const shown = cells.map((cell, at) => (anchor && at === TYPE ? `[${cell}](#${anchor})` : cell));
  return `| ${shown.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What is below a key: an object, the members of a map or list, or nothing that has keys of its own. */
function inside(schema, title, done) {
  if (schema.valueType === 'look-up' || schema.valueType === 'name or link') return [];
  const member = mapped(schema);
  if (member) return inside(member, `${title}.<${schema.propertyNames.valueType ?? 'key'}>`, done);
  if (schema.type === 'array') return inside(schema.items, `${title}[]`, done);
  return sections(schema, title, done);
}

const TOP = 'Top level';

/** docs/spec.md as it should be. */
export function specPage() {
  const tables = sections(schemaWithNotes(), TOP, new Set());
  const types = VALUE_TYPES.map(([name, meaning, example]) => `| ${name} | ${meaning} | ${example} |`);
  return `${PREAMBLE}
${tables.join('\n\n')}

## Types

| type | values | example |
| --- | --- | --- |
${types.join('\n')}
`;
}
