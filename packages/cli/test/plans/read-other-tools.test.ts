import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/aws/plans';
import {
  judgeChangeSet,
  readAssembly,
  readChangeSet,
  readParameters,
  readPulumi,
  readTemplate,
} from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { Fuel } from '../../../core/src/overlay/declared/fuel.js';
import { Open } from '../../../core/src/overlay/declared/open.js';
import { expectCpuBelow } from '../../../core/test/cpu-time.js';
import { evaluate } from '../../../core/src/overlay/cloudformation/evaluate.js';

const example = (name: string): string =>
  readFileSync(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8');

const TEMPLATE = example('cloudformation/template.yaml');
const BASE = JSON.parse(example('terraform/base.json')) as Snapshot;
const [CHANGE_SET] = JSON.parse(example('cloudformation/removes-a-rule.json')) as [
  { readonly Changes: readonly { readonly ResourceChange: Readonly<Record<string, unknown>> }[] },
];
const [REMOVED] = CHANGE_SET.Changes.map((one) => one.ResourceChange);

describe('functions of templates', () => {
  const template = readTemplate(`
Mappings: { Ports: { eu-west-1: { http: 80 } } }
Parameters: { Zones: { Type: CommaDelimitedList }, Net: { Type: AWS::SSM::Parameter::Value<String> }, Subnet: { Type: AWS::SSM::Parameter::Value<String>, Default: /b }, Name: { Type: String, Default: shop }, Flag: { Type: String, Default: yes }, Key: { Type: String, NoEcho: 'TRUE', Default: hidden } }
Conditions: { Sure: !Not [!Equals [a, b]], Both: !And [!Condition Sure, !Equals [a, b]] }
Resources: {}
`);
  const scope = {
    fuel: new Fuel({ of: 'the template', remedy: '' }),
    template,
    parameter: (name: string) => ({ Zones: 'a, b', Net: '/net/vpc', Subnet: { resolved: 'subnet-1' } })[name],
    pseudo: { Region: 'eu-west-1' },
    resource: (of: string, attribute: string | undefined) => new Open([[{ of, attribute: attribute ?? 'id' }]], []),
  };

  it.each([
    ['!Ref Name', 'shop'],
    ['!Select [1, !Ref Zones]', 'b'],
    ["!Join ['-', [a, !Ref Name, 1]]", 'a-shop-1'],
    ["!Select [2, !Split ['.', a.b.c]]", 'c'],
    ['!FindInMap [Ports, !Ref AWS::Region, http]', 80],
    ["!Sub '${Name}-${!Literal}-${AWS::Region}'", 'shop-${Literal}-eu-west-1'],
    ["!Sub ['${A}', { A: !Ref Name }]", 'shop'],
    ['!If [Sure, 1, 2]', 1],
    ['!If [Both, 1, 2]', 2],
    ['[1, !If [Both, 1, !Ref AWS::NoValue], 3]', [1, 3]],
    ['!Select [2, !Cidr [10.20.0.0/16, 4, 8]]', '10.20.2.0/24'],
    ['!Cidr [10.20.0.0/24, 2, 7]', ['10.20.0.0/25', '10.20.0.128/25']],
    ['!Length [!Ref Name, b]', 2],
    ['!ToJsonString { a: [1, !Ref Name], b: null }', '{"a":[1,"shop"],"b":null}'],
    [
      '[1.0, 1.5, 0644, 1_000, yes, Off, ON, 2010-09-09, "yes"]',
      ['1.0', 1.5, 420, 1000, true, false, true, '2010-09-09', 'yes'],
    ],
    ['[!Ref Flag, !Ref Key]', ['true', new Open([], ['the parameter Key has NoEcho'], true)]],
    ['!Ref Subnet', 'subnet-1'],
    [
      '!Ref Net',
      new Open(
        [],
        ['what /net/vpc has in Systems Manager is not known: give it as ResolvedValue of the parameter Net'],
      ),
    ],
    ["!Sub '${Name} ${ ${'", 'shop ${ ${'],
    ["!Sub '${} ${Name}'", '${} shop'],
    ['{ a: &a [1, &b x], c: *a, d: *b }', { a: [1, 'x'], c: [1, 'x'], d: 'x' }],
  ])('%s', (text, value) => {
    const expression = readTemplate(`Resources: { A: { Properties: { P: ${text} } } }`).resources['A']?.['Properties'];
    expect(evaluate(expression ?? null, scope)).toEqual({ P: value });
  });

  it('ends at a condition that names itself', () => {
    const circle = readTemplate('Conditions: { A: !Not [!Condition A] }\nResources: {}');
    expect(evaluate({ 'Fn::If': ['A', 1, 2] }, { ...scope, template: circle })).toBeInstanceOf(Open);
  });
});

describe('change sets and templates that are refused', () => {
  const page = (change: object): string => JSON.stringify({ ...CHANGE_SET, ...change });

  it('reads one that changes nothing: it is FAILED, too', () => {
    const StatusReason = "The submitted information didn't contain changes.";
    expect(readChangeSet(page({ Status: 'FAILED', StatusReason, Changes: [] })).changes).toEqual([]);
  });

  it.each([
    [
      'a change set that failed',
      page({ Status: 'FAILED', StatusReason: 'CANARY', Changes: [] }),
      'FAILED',
      'StatusReason',
    ],
    ['one that is not created yet', page({ Status: 'CREATE_IN_PROGRESS' }), 'CREATE_IN_PROGRESS', 'wait'],
    ['a page of several', page({ NextToken: 'x' }), 'NextToken', '--next-token'],
    ['two change sets', `${page({})}\n${page({ ChangeSetId: 'other' })}`, 'several', 'each stack'],
    ['the end missing', page({}).slice(0, -20), 'ends too early', 'not valid'],
    ['a template', TEMPLATE, 'not JSON', '--template'],
    ['a template in JSON', '{"Resources":{}}', 'template', '--template'],
    ['a plan of Terraform', '{"format_version":"1.2"}', 'Terraform', '--terraform'],
    ['a preview of Pulumi', '{"steps":[]}', 'Pulumi', '--pulumi'],
    [
      'the answer of create-change-set',
      '{"Id":"arn:aws:cloudformation:eu-west-1:1:changeSet/a/b","StackId":"s"}',
      'create-change-set',
      'describe-change-set',
    ],
    ['something else', '{}', 'not a change set', 'describe-change-set'],
    ['nothing', '', 'empty', 'describe-change-set'],
  ])('%s', (_, text, message, remedy) => {
    expect(() => readChangeSet(text, 'a.json')).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(message) as string,
        remedy: expect.stringContaining(remedy) as string,
      }),
    );
    expect(() => readChangeSet(text)).not.toThrow('CANARY');
  });

  it('values of other forms are not there', () => {
    const junk = [null, 0, 'x', [null], { a: null }];
    const change = REMOVED;
    const files = [
      ...Object.keys(change ?? {}).map((name, at) =>
        page({ Changes: [{ ResourceChange: { ...change, [name]: junk[at % 5] } }] }),
      ),
      ...['StackId', 'Parameters', 'Status', 'Changes', 'NextToken'].flatMap((name) => [
        page({ [name]: 0 }),
        page({ [name]: [null] }),
      ]),
    ];
    for (const file of files) {
      try {
        judgeChangeSet(readChangeSet(file), undefined, BASE, { plans: [plans] });
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_INPUT' });
      }
    }
  });

  it('joins pages that follow each other', () => {
    const pages = `${page({ NextToken: 'x' })}\n${page({ Changes: [{ ResourceChange: { LogicalResourceId: 'B}"{' } }] })}`;
    expect(readChangeSet(pages).changes.map((one) => one.LogicalResourceId)).toEqual(['BalancerFromLink', 'B}"{']);
  });

  it.each([
    ['a change set', page({}), 'INVALID_INPUT'],
    ['no resources', 'Outputs: {}', 'INVALID_INPUT'],
    ['YAML that does not end', 'Resources: { A: [', 'INVALID_YAML'],
    ['several documents', '---\nResources: {}\n---\nResources: {}\n', 'INVALID_YAML'],
    [
      'an answer in an answer',
      JSON.stringify({ TemplateBody: JSON.stringify({ TemplateBody: TEMPLATE }) }),
      'INVALID_INPUT',
    ],
    [
      'more resources than a stack may have',
      JSON.stringify({ Resources: Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`A${at}`, {}])) }),
      'INPUT_TOO_LARGE',
    ],
    ['longer than 4 MB', `Resources: {}\n#${'x'.repeat(5e6)}`, 'INPUT_TOO_LARGE'],
    [
      'an alias in an alias',
      `a0: &a0 x\n${Array.from({ length: 300 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`).join('\n')}\nResources: {}`,
      'INPUT_TOO_LARGE',
    ],
    [
      'aliases that grow',
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[at]}`).join()}]`).join('\n')}\nResources: *h`,
      'INPUT_TOO_LARGE',
    ],
  ])('as a template: %s', (_, text, code) => {
    expect(() => readTemplate(text)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    [
      'a folder that has itself',
      { a: { properties: { directoryName: 'me' } }, b: { properties: { directoryName: 'me' } } },
    ],
    [
      'one template in many stacks',
      Object.fromEntries([...'abcdefghijk'].map((one) => [one, { properties: { templateFile: 'a.json' } }])),
    ],
  ])('refuses an assembly that is too large: %s', (_, artifacts) => {
    const resources = Object.fromEntries(Array.from({ length: 500 }, (__, at) => [`A${at}`, {}]));
    const files = (file: string) =>
      JSON.stringify(file.endsWith('manifest.json') ? { artifacts } : { Resources: resources });
    expect(() => readAssembly(files)).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }));
  });

  it('reads many aliases in a time that grows with their number', () => {
    const aliases = Array.from({ length: 10_000 }, (_, at) => `  a${at}: &x${at} v\n  b${at}: *x${at}\n`).join('');
    expectCpuBelow(1_500, () => readTemplate(`Resources: {}\nMetadata:\n${aliases}`));
  });

  it('keeps the text of a number in JSON', () => {
    const of = { A: { Properties: { Version: 1.5, Name: 'a"1.0', Other: -2 } } };
    const text = JSON.stringify({ Resources: of }).replace('1.5', '1.0');
    expect(readTemplate(text).resources).toEqual({ A: { Properties: { ...of.A.Properties, Version: '1.0' } } });
    expect(readParameters('{"Version": 1.0, "Port": 80}')).toEqual({ Version: '1.0', Port: '80' });
  });

  it('reads the answer of get-template', () => {
    const answer = JSON.stringify({ TemplateBody: TEMPLATE, StagesAvailable: ['Original'] });
    expect(readTemplate(answer)).toEqual(readTemplate(TEMPLATE));
  });
});

it.each([
  ['a change set', '{"Changes":[]}', '--change-set'],
  ['a plan of Terraform', '{"format_version":"1.2","resource_changes":[]}', '--terraform'],
  ['an exported stack', '{"version":3,"deployment":{}}', 'pulumi preview --json'],
  ['a saved plan', '{"resourcePlans":{},"manifest":{}}', 'pulumi preview --json'],
  ['a stream of events', '{"sequence":0,"timestamp":1}\n{"sequence":1,"timestamp":1}', 'STREAMING'],
  ['the text of a preview', 'Previewing update (prod)', 'pulumi preview --json'],
  ['something else', '{}', 'pulumi preview --json'],
  ['the end missing', '{"steps":[{"op":"sa', 'not valid'],
])('previews that are refused: %s', (_, text, part) => {
  let refusal: unknown;
  try {
    readPulumi(text, 'preview.json');
  } catch (error) {
    refusal = error;
  }
  const { code, message, remedy } = refusal as { code: string; message: string; remedy: string };
  expect({ code, text: `${message} ${remedy}` }).toEqual({
    code: 'INVALID_INPUT',
    text: expect.stringContaining(part) as string,
  });
});
