import { InvalidInputError } from '../../ground/errors.js';
import { looseList, looseMembers, looseText, type Loose } from '../declared/open.js';
import { parsePlan } from '../declared/values.js';
import type { DeclaredStack } from './declared-stacks.js';
import type { ParameterValue } from '../cloudformation/evaluate.js';
import { NESTED } from '../cloudformation/plan.js';
import { membersOf, readTemplate, textualJson, type Template } from '../cloudformation/read-template.js';

/** The file in the folder of an assembly of the CDK that names its stacks. */
export const MANIFEST = 'manifest.json';

/**
 * The stacks of an assembly of the CDK (`cdk.out`), each before the stacks in it. `read` is given paths in its folder.
 * @see https://github.com/aws/aws-cdk-cli `packages/@aws-cdk/cloud-assembly-schema` has the form of the manifest
 * @throws {InvalidInputError} `INVALID_INPUT` where it has no stack of that name, `INPUT_TOO_LARGE`, and as {@link readTemplate}.
 */
export function readAssembly(
  read: (file: string) => string,
  { stack: wanted, parameters = {} }: StackOptions = {},
): readonly DeclaredStack[] {
  const files = new AssemblyFiles(read);
  const all = stacksIn('', files, parameters);
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length === 0) {
    const names = all.map(({ name }) => name).join(', ');
    const remedy = names === '' ? 'Write the assembly with `cdk synth`.' : `Name one of ${names}.`;
    const what = `it has no stack ${wanted ?? ''}`.trimEnd();
    throw new InvalidInputError('INVALID_INPUT', `${MANIFEST}: ${what}`, { remedy });
  }

  return found.flatMap((one) => [one, ...nestedIn(one, files)]);
}

/** What all files of an assembly may have: each is read once, and its folders may lead to themselves. */
const MOST_FILES = 2_000;
const MOST_FOLDERS = 20;
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** A template has at most 500. */
const MOST_RESOURCES = 5_000;

class AssemblyFiles {
  readonly #templates = new Map<string, Template>();
  #files = 0;
  #characters = 0;
  #resources = 0;

  constructor(readonly source: (file: string) => string) {}

  read(file: string): string {
    const text = this.source(file);
    this.#characters += text.length;
    this.#files += 1;
    if (this.#files > MOST_FILES || this.#characters > MOST_CHARACTERS) throw this.refused('its files');
    return text;
  }

  /** A template, once for each stack that has it. */
  template(file: string): Template {
    const known = this.#templates.get(file) ?? readTemplate(this.read(file), file);
    this.#templates.set(file, known);
    this.#resources += Object.keys(known.resources).length;
    if (this.#resources > MOST_RESOURCES) throw this.refused(`more than ${MOST_RESOURCES} resources`);
    return known;
  }

  refused(what: string): InvalidInputError {
    const remedy = 'Name one stack with --stack, or write the folder with `cdk synth`.';
    return new InvalidInputError('INPUT_TOO_LARGE', `${MANIFEST}: the assembly is too large: ${what}`, { remedy });
  }
}

interface AssemblyStack extends DeclaredStack {
  readonly id: string;
}

function stacksIn(folder: string, files: AssemblyFiles, given: Parameters): readonly AssemblyStack[] {
  const manifest = `${folder}${MANIFEST}`;
  if (folder.split('/').length > MOST_FOLDERS) throw files.refused('its folders are too deep in each other');

  const { artifacts, missing } = looseMembers(parsePlan(files.read(manifest), manifest));
  if (Object.keys(looseMembers(artifacts)).length > MOST_FILES)
    throw files.refused(`more than ${MOST_FILES} artifacts`);

  const dummies = dummiesOf(looseList(missing));
  return Object.entries(looseMembers(artifacts)).flatMap(([id, artifact]): readonly AssemblyStack[] => {
    const { environment, properties } = looseMembers(artifact);
    const { directoryName, templateFile, stackName, parameters } = looseMembers(properties);
    if (/^[\w-]+$/.test(String(directoryName ?? '')))
      return stacksIn(`${folder}${String(directoryName)}/`, files, given);
    if (typeof templateFile !== 'string') return [];

    const place = /^\w+:\/\/([^/]+)\/(.+)$/.exec(String(environment)) ?? [];
    const [, account, region] = place.map((one) => (one.startsWith('unknown-') ? undefined : one));
    const name = looseText(stackName) ?? id;
    const own = Object.entries(given).flatMap(([key, value]) => {
      const [stack = '', parameter] = key.split(':');
      return parameter === undefined ? [[key, value]] : stack === name ? [[parameter, value]] : [];
    });
    const file = `${folder}${templateFile}`;
    const values = { ...textsOf(Object.entries(looseMembers(parameters))), ...Object.fromEntries(own) };
    return [{ id, name, file, template: files.template(file), region, account, parameters: values, dummies }];
  });
}

/** A synth without its context writes values in its place that mean nothing: a zone `dummy1a`, a network `vpc-12345`. */
function dummiesOf(missing: readonly Loose[]): string | undefined {
  const keys = [...new Set(missing.map(({ provider, key }) => looseText(provider) ?? looseText(key) ?? 'a value'))];
  if (keys.length === 0) return undefined;

  return `the assembly lacks context (${keys.slice(0, 3).join(', ')}), and has dummies for it: write it with \`cdk synth\` and credentials`;
}

/** The stacks in a stack whose templates are in the folder. @see https://github.com/aws/aws-cdk `core/lib/nested-stack.ts` names them so */
function nestedIn(parent: DeclaredStack, files: AssemblyFiles): readonly DeclaredStack[] {
  const folder = parent.file?.replace(/[^/]*$/, '') ?? '';
  return Object.entries(parent.template.resources).flatMap(([name, { Type, Metadata }]): readonly DeclaredStack[] => {
    const path = membersOf(Metadata)['aws:asset:path'];
    if (Type !== NESTED || typeof path !== 'string' || !/^[\w-][\w.-]*$/.test(path)) return [];

    const file = `${folder}${path}`;
    const { region, account, dummies } = parent;
    const stack = { template: files.template(file), file, region, account, dummies, parent: { stack: parent, name } };
    return [stack, ...nestedIn(stack, files)];
  });
}

/** Values by the names of parameters; `Stack:Name` is of one stack of several. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** What a template is judged with. */
export interface StackOptions {
  readonly stack?: string | undefined;
  readonly parameters?: Parameters | undefined;
}

/**
 * The values of parameters: `Name=Value`, or JSON: an object of values, also in `Parameters`, or a list of objects with `ParameterKey`.
 * What Systems Manager has counts where it is resolved.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function readParameters(text: string, file?: string): Parameters {
  const bare = text.replace(/^\uFEFF/, '').trim();
  if (!/^[[{]/.test(bare)) {
    const [, name, value] = /^([\w-]+(?::\w+)?)=(.*)$/s.exec(bare) ?? [];
    if (name !== undefined && value !== undefined) return { [name]: value };

    throw new InvalidInputError('INVALID_INPUT', '--parameters: a value has no name', {
      remedy: 'Write Name=Value, or name a file with a JSON object of values.',
    });
  }
  const json = textualJson(bare, file);
  if (!Array.isArray(json)) return textsOf(Object.entries(looseMembers(looseMembers(json)['Parameters'] ?? json)));

  return Object.fromEntries(
    json.map(looseMembers).flatMap(({ ParameterKey, ParameterValue, ResolvedValue }): [string, ParameterValue][] => {
      const { name = undefined } = textsOf([['name', ResolvedValue ?? ParameterValue]]);
      return name === undefined
        ? []
        : [[String(ParameterKey), ResolvedValue === undefined ? name : { resolved: name }]];
    }),
  );
}

/** Values of parameters are texts; a list has commas. What has members is none. */
function textsOf(pairs: readonly (readonly [string, unknown])[]): Readonly<Record<string, string>> {
  const texts = pairs.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? {})] as const);
  return Object.fromEntries(texts.flatMap(([name, value]) => (value instanceof Object ? [] : [[name, String(value)]])));
}
