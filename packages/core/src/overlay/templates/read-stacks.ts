import { InvalidInputError } from '../../ground/errors.js';
import { looseMembers, looseText, type Loose } from '../declared/open.js';
import { parsePlan } from '../declared/values.js';
import type { DeclaredStack } from './declared-stacks.js';
import { NESTED } from '../cloudformation/plan.js';
import { membersOf, readTemplate } from '../cloudformation/read-template.js';

/** The file in the folder of an assembly of the CDK that names its stacks. */
export const MANIFEST = 'manifest.json';
const ASSET_PATH = 'aws:asset:path';

/**
 * The stacks of an assembly of the CDK (`cdk.out`), with what is nested in them. `read` is given paths in its folder.
 * @see https://github.com/aws/aws-cdk-cli `packages/@aws-cdk/cloud-assembly-schema` has the form of the manifest
 * @throws {InvalidInputError} `INVALID_INPUT` where it has no stack of that name, and as {@link readTemplate}.
 */
export function readAssembly(
  read: (file: string) => string,
  { stack: wanted, parameters = {} }: Pick<StackOptions, 'stack' | 'parameters'> = {},
): readonly DeclaredStack[] {
  const all = stacksIn('', read, parameters);
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length === 0) {
    const names = all.map(({ name }) => name).join(', ');
    const remedy = names === '' ? 'Write the assembly with `cdk synth`.' : `Name one of ${names}.`;
    throw new InvalidInputError('INVALID_INPUT', `${MANIFEST}: it has no stack${` ${wanted ?? ''}`.trimEnd()}`, {
      remedy,
    });
  }

  return found.flatMap((one) => [one, ...nestedIn(one, one, read)]);
}

interface AssemblyStack extends DeclaredStack {
  readonly id: string;
  readonly folder: string;
  /** The files of its assets, by the hash that their addresses have. */
  readonly assets: readonly (readonly [hash: string, file: string])[];
}

function stacksIn(folder: string, read: (file: string) => string, given: Parameters): readonly AssemblyStack[] {
  const manifest = `${folder}${MANIFEST}`;
  const artifacts = looseMembers(looseMembers(parsePlan(read(manifest), manifest))['artifacts']);
  const assets = Object.values(artifacts).flatMap((one) => assetsIn(looseMembers(one), folder, read));
  return Object.entries(artifacts).flatMap(([id, artifact]): readonly AssemblyStack[] => {
    const { environment, properties } = looseMembers(artifact);
    const { directoryName, templateFile, stackName, parameters } = looseMembers(properties);
    if (/^[\w-]+$/.test(String(directoryName ?? '')))
      return stacksIn(`${folder}${String(directoryName)}/`, read, given);
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
    return [
      { id, folder, assets, name, file, template: readTemplate(read(file), file), region, account, parameters: values },
    ];
  });
}

function assetsIn(
  { type, properties }: Loose,
  folder: string,
  read: (file: string) => string,
): AssemblyStack['assets'] {
  if (type !== 'cdk:asset-manifest') return [];

  const file = `${folder}${String(looseMembers(properties)['file'])}`;
  return Object.entries(looseMembers(looseMembers(parsePlan(read(file), file))['files'])).flatMap(([hash, one]) => {
    const path = looseText(looseMembers(looseMembers(one)['source'])['path']);
    return path === undefined ? [] : [[hash, path] as const];
  });
}

/** The templates of nested stacks are assets: their metadata names the file, or their address has its hash. */
function nestedIn(
  owner: DeclaredStack,
  whole: AssemblyStack,
  read: (file: string) => string,
): readonly DeclaredStack[] {
  return Object.entries(owner.template.resources).flatMap(([as, { Type, Metadata, Properties }]) => {
    if (Type !== NESTED) return [];

    const address = JSON.stringify(membersOf(Properties)['TemplateURL'] ?? '');
    const [, asset] = whole.assets.find(([hash]) => address.includes(hash)) ?? [];
    const found = looseText(membersOf(Metadata)[ASSET_PATH]) ?? asset;
    const file = `${whole.folder}${found}`;
    if (found === undefined || isIn(file, owner)) return [];

    const { region, account } = owner;
    const nested = { file, template: readTemplate(read(file), file), region, account, nested: { in: owner, as } };
    return [nested, ...nestedIn(nested, whole, read)];
  });
}

function isIn(file: string, stack: DeclaredStack | undefined): boolean {
  return stack !== undefined && (stack.file === file || isIn(file, stack.nested?.in));
}

/** Values by the names of parameters; `Stack:Name` is of one stack of several. */
export type Parameters = Readonly<Record<string, string>>;

/** What a template is judged with. */
export interface StackOptions {
  readonly stack?: string | undefined;
  readonly parameters?: Parameters | undefined;
}

/**
 * The values of parameters in the forms of the AWS CLI: `Name=Value`, `ParameterKey=Name,ParameterValue=Value`, or JSON: a list of
 * these, of objects with `ParameterKey`, or an object of values, also in `Parameters`. What Systems Manager has counts where it is resolved.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function readParameters(text: string, file?: string): Parameters {
  const bare = text.replace(/^\uFEFF/, '').trim();
  const value = /^[[{]/.test(bare) ? parsePlan(bare, file) : [bare];
  if (!Array.isArray(value)) return textsOf(Object.entries(looseMembers(looseMembers(value)['Parameters'] ?? value)));

  return textsOf(
    value.map((one: unknown) => {
      if (typeof one === 'string') return pairIn(one);

      const { ParameterKey: key, ParameterValue: given, ResolvedValue: resolved = given } = looseMembers(one);
      return [String(key), resolved];
    }),
  );
}

function pairIn(text: string): readonly [string, string] {
  const [, key, value] =
    /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(text) ?? /^([\w-]+(?::\w+)?)=(.*)$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return [key, value];

  throw new InvalidInputError('INVALID_INPUT', '--parameters: a value has no name', {
    remedy: 'Write Name=Value, or name a file with a JSON object of values.',
  });
}

/** Values of parameters are texts; a list has commas. What has members is none. */
function textsOf(pairs: readonly (readonly [string, unknown])[]): Parameters {
  const texts = pairs.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value] as const);
  return Object.fromEntries(
    texts.flatMap(([name, value]) => ((value ?? {}) instanceof Object ? [] : [[name, String(value)]])),
  ) as Parameters;
}
