import {
  AlibabaError,
  type AlibabaCall,
  type AnyAlibabaOperation,
  type ProductName,
} from '../../operation/operation.js';
import {
  listOf,
  text,
  whole,
  familyOf,
  type Family,
  type OwnFamily,
  type ParameterTable,
} from '../../operation/family.js';
import { formatAddress, readAddress, covers, readBlock, type Block } from '../../../simulation/addresses.js';
import { MAX_PORT } from '../../../simulation/ports.js';
import type * as ecs from '@alicloud/ecs20140526';
import type * as vpc from '@alicloud/vpc20160428';

/**
 * Checks a name: 1 to 128 characters that do not begin with `http://` or `https://`. An empty one counts as not given.
 * @param what `Vpc`, `VSwitch`, …: part of the code, such as `InvalidVpcName.Malformed`.
 * @throws {AlibabaError}
 */
export function checkName(what: string, name: string | undefined): void {
  if (name === undefined || name === '') return;
  if (name.length > 128 || /^https?:\/\//i.test(name) || /^\d/.test(name)) {
    throw new AlibabaError(`Invalid${what}Name.Malformed`, `Specified ${words(what)} name is not valid.`);
  }
}

/**
 * Checks a description: at most 256 characters that do not begin with `http://` or `https://`. The cloud spells its code
 * `InvalidVSwitchDiscription.Malformed`.
 * @throws {AlibabaError}
 */
function checkDescription(what: string, description: string | undefined): void {
  if (description === undefined || description === '') return;
  if (description.length > 256 || /^https?:\/\//i.test(description)) {
    throw new AlibabaError(`Invalid${what}Discription.Malformed`, `Specified ${words(what)} description is not valid.`);
  }
}

/** Checks the name and the description of a resource. @throws {AlibabaError} */
export function checkTexts(what: string, name: string | undefined, description: string | undefined): void {
  checkName(what, name);
  checkDescription(what, description);
}

/** Changes the name and the description of a resource, as far as they are given. @throws {AlibabaError} */
export function rename(
  what: string,
  row: { name: string | undefined; description: string | undefined },
  name: string | undefined,
  description: string | undefined,
): object {
  checkTexts(what, name, description);
  row.name = name ?? row.name;
  row.description = description ?? row.description;
  return {};
}

const words = (what: string): string => ({ VSwitch: 'virtual switch', Vpc: 'VPC' })[what] ?? spaced(what);

const spaced = (what: string): string => what.replaceAll(/(?<=[a-z])([A-Z])/g, ' $1').toLowerCase();

/** `2026-06-01T00:00:00Z`, as VPC writes times. */
export function seconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}

/** `2026-06-01T00:00Z`, as ECS writes most times. */
export function minutes(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16) + 'Z';
}

/** Whether the block or address written in `text` has all of another one. */
export function blockHas(text: string, inner: string): boolean {
  const outer = readBlock(text);
  const block = readBlock(inner);
  return outer !== undefined && block !== undefined && covers(outer, block);
}

/** The address `offset` behind a block's first one. */
export function addressAt({ family, first }: Block, offset: number): string {
  return formatAddress({ family, value: first + BigInt(offset) });
}

/** The offset of an address from the first address of a block. Undefined when the address is outside the block. */
export function offsetIn({ family, first, last }: Block, text: string): number | undefined {
  const address = readAddress(text);
  if (address?.family !== family || address.value < first || address.value > last) return undefined;

  return Number(address.value - first);
}

/**
 * Whether `from/to` is a range of ports that fits a protocol: 1 to 65535 for TCP and UDP, `-1/-1` for the others.
 * @param protocol in lower case
 */
export function isPortRange(protocol: string, range: string): boolean {
  if (range === '-1/-1') return protocol !== 'tcp' && protocol !== 'udp';
  if (protocol !== 'tcp' && protocol !== 'udp') return false;

  const [, from = '', to = ''] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(range) ?? [];
  return from !== '' && Number(from) <= Number(to) && Number(to) <= MAX_PORT;
}

/**
 * The letters after the kind in an ID, which identify the region. Regions that are not in the list have
 * `rj9`. Seen in the examples of the API references.
 */
const REGION_LETTERS: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'bp1',
  'cn-qingdao': 'm5e',
  'cn-beijing': '2ze',
  'cn-zhangjiakou': '8vb',
  'cn-huhehaote': 'hp3',
  'cn-shanghai': 'uf6',
  'cn-shenzhen': 'wz9',
  'cn-hongkong': 'j6c',
  'ap-southeast-1': 't4n',
  'ap-southeast-2': 'p0w',
  'ap-northeast-1': '6we',
  'eu-central-1': 'gw8',
  'eu-west-1': 'd7o',
  'us-east-1': '0xi',
  'us-west-1': 'rj9',
};

/** Kinds of things, as their ids begin. */
export type IdKind =
  | 'vpc'
  | 'vsw'
  | 'vrt'
  | 'vtb'
  | 'rte'
  | 'nacl'
  | 'nae'
  | 'sg'
  | 'sgr'
  | 'i'
  | 'eni'
  | 'pl'
  | 'lb'
  | 'rsp'
  | 'rule'
  | 'de'
  | 'acl'
  | 'pcc'
  | 'ngw'
  | 'stb'
  | 'ftb'
  | 'snat'
  | 'eip';

/** A new id: `vpc-bp1` and 17 characters of base 36. */
export function newId(call: Pick<AlibabaCall, 'id' | 'region'>, kind: IdKind): string {
  return call.id(`${kind}-${REGION_LETTERS[call.region] ?? 'rj9'}`, 17);
}

/** At most 64 ASCII characters. @see https://www.alibabacloud.com/help/en/ecs/developer-reference/how-to-ensure-idempotence */
export const clientToken = { type: 'string', length: [0, 64], pattern: /^[\x20-\x7e]*$/ } as const;

/** `Tag.1.Key`, `Tag.1.Value`: at most 20. */
export const tags = listOf({ Key: text, Value: text }, 20);

/** The parameters of lists with tokens. */
export const TOKENS = { MaxResults: whole, NextToken: text };

type Tables = Readonly<Record<string, ParameterTable>>;

/**
 * Actions of ECS. `DryRun` and `ClientToken`, where they have them, need no code of their own.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-overview (each action: `api-ecs-2014-05-26-<name>`)
 */
export const ecsFamily: <P extends Tables>(members: Family<typeof ecs, P>) => readonly AnyAlibabaOperation[] =
  networkFamily('Ecs');

/**
 * Actions of VPC, as {@link ecsFamily}.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-overview (each action: `api-vpc-2016-04-28-<name>`)
 */
export const vpcFamily: <P extends Tables>(members: Family<typeof vpc, P>) => readonly AnyAlibabaOperation[] =
  networkFamily('Vpc');

/**
 * Actions of CLB, as {@link ecsFamily}. It has no package on npm: the types are our own.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-overview (each action: `api-slb-2014-05-15-<name>`)
 */
export const slbFamily: OwnFamily = networkFamily('Slb');

/**
 * Actions of VPC peering, as {@link ecsFamily}. It has no package on npm: the types are our own.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-overview (each action: `api-vpcpeer-2022-01-01-<name>`)
 */
export const peerFamily: OwnFamily = networkFamily('VpcPeer');

type Run = (call: AlibabaCall, input: never) => unknown;

/** Actions of a product on the network. */
export function networkFamily(product: ProductName) {
  return familyOf(product, (run, name) => (call, input) => {
    const { DryRun, ClientToken, ...rest }: { readonly DryRun?: boolean; readonly ClientToken?: string } = input;
    if (DryRun === true) return rehearse(call, input, run);
    if (ClientToken === undefined || ClientToken === '') return run(call, input);

    return once(call, `${product}.${name}/${ClientToken}`, JSON.stringify(rest), () => run(call, input));
  });
}

/**
 * A dry run performs everything on a copy of the region, and then reports that as an error.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-runinstances (DryRun)
 */
function rehearse(call: AlibabaCall, input: never, run: Run): never {
  run({ ...call, state: structuredClone(call.state), after: () => undefined }, input);
  throw new AlibabaError('DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

/**
 * The same token with the same parameters gets the same answer, and nothing is done twice.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/how-to-ensure-idempotence
 */
function once({ state }: AlibabaCall, key: string, input: string, run: () => unknown): unknown {
  const { clientTokens } = state.network;
  const used = clientTokens.get(key);
  if (used) {
    if (used.input === input) return JSON.parse(used.output);

    throw new AlibabaError(
      'IdempotentParameterMismatch',
      'Request uses a client token in a previous request but is not identical to that request.',
    );
  }

  const output = run();
  clientTokens.set(key, { input, output: JSON.stringify(output) });
  return output;
}
