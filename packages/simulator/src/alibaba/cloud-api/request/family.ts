import type * as sdk from '@alicloud/cloudapi20160714';
import { familyOf, type Family, type ParameterTable } from '../../operation/family.js';
import type { AnyAlibabaOperation } from '../../operation/operation.js';

/** Parameters of which some are always there, because the action requires them. */
export type Given<P, K extends keyof P> = P & Required<Pick<P, K>>;

/** Actions of CloudAPI. */
export const family: <P extends Readonly<Record<string, ParameterTable>>>(
  members: Family<typeof sdk, P>,
) => readonly AnyAlibabaOperation[] = familyOf('CloudAPI');
