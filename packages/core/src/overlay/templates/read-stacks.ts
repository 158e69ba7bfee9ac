import { InvalidInputError } from '../../ground/errors.js';
import { looseMembers, looseText } from '../declared/open.js';
import { parsePlan } from '../declared/values.js';
import type { DeclaredStack } from './declared-stacks.js';
import { readTemplate, textualJson } from '../cloudformation/read-template.js';

/** The file in the folder of an assembly of the CDK that names its stacks. */
export const MANIFEST = 'manifest.json';

/**
 * The stacks of an assembly of the CDK (`cdk.out`). `read` is given paths in its folder.
 * @see https://github.com/aws/aws-cdk-cli `packages/@aws-cdk/cloud-assembly-schema` has the form of the manifest
 * @throws {InvalidInputError} `INVALID_INPUT` where it has no stack of that name, and as {@link readTemplate}.
 */
export function readAssembly(
  read: (file: string) => string,
  { stack: wanted, parameters = {} }: StackOptions = {},
): readonly DeclaredStack[] {
  const all = stacksIn('', read, parameters);
  const found = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length === 0) {
    const names = all.map(({ name }) => name).join(', ');
    const remedy = names === '' ? 'Write the assembly with `cdk synth`.' : `Name one of ${names}.`;
    const what = `it has no stack ${wanted ?? ''}`.trimEnd();
    throw new InvalidInputError('INVALID_INPUT', `${MANIFEST}: ${what}`, { remedy });
  }

  return found;
}

interface AssemblyStack extends DeclaredStack {
  readonly id: string;
}

function stacksIn(folder: string, read: (file: string) => string, given: Parameters): readonly AssemblyStack[] {
  const manifest = `${folder}${MANIFEST}`;
  const artifacts = looseMembers(looseMembers(parsePlan(read(manifest), manifest))['artifacts']);
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
    return [{ id, name, file, template: readTemplate(read(file), file), region, account, parameters: values }];
  });
}

/** Values by the names of parameters; `Stack:Name` is of one stack of several. */
export type Parameters = Readonly<Record<string, string>>;

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

  return textsOf(
    json.map(looseMembers).map((one) => [String(one['ParameterKey']), one['ResolvedValue'] ?? one['ParameterValue']]),
  );
}

/** Values of parameters are texts; a list has commas. What has members is none. */
function textsOf(pairs: readonly (readonly [string, unknown])[]): Parameters {
  const texts = pairs.map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? {})] as const);
  return Object.fromEntries(texts.flatMap(([name, value]) => (value instanceof Object ? [] : [[name, String(value)]])));
}
