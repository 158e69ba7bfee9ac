import type { Gateway } from '@postern/core/snapshot';
import type { Lack } from '../lack.js';

/** A resource policy that denies as much as the one that a snapshot shows. Which calls one with conditions denies is not in it. */
export function policyOf(denies: Gateway['denies'], lack: Lack, id: string): string | undefined {
  if (denies === undefined) return undefined;
  if (denies === 'some')
    lack(`the conditions of the resource policy of ${id} are not in a snapshot: it denies no caller here`);
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  const nobody = { ...all, Effect: 'Deny', Condition: { IpAddress: { 'aws:SourceIp': ['255.255.255.255/32'] } } };
  const denying = denies === 'all' ? { ...all, Effect: 'Deny' } : nobody;
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...all, Effect: 'Allow' }, denying] });
}
