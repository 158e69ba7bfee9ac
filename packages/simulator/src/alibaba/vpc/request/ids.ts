import type { AlibabaCall } from '../../operation/call.js';

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
