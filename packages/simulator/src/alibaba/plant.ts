import { form, isText, oneOf, optional, text, type MemberForm } from '../simulation/dispatch/planted-members.js';
import type { AlibabaCall } from './operation/call.js';
import { domainsOfGroup } from './cloud-api/group/group-domains.js';

/** What happens outside of the simulated account, or inside of the service, so that no call of the account can do it. */
export type PlantedAlibaba =
  /**
   * A domain of a user's own leads to an API group: by a CNAME of the group's own domain, or by the address of the instance that the
   * group is on now.
   */
  | {
      readonly kind: 'custom-domain';
      readonly groupId: string;
      readonly name: string;
      readonly by: 'cname' | 'address';
    }
  /** A group of another account has a domain. */
  | { readonly kind: 'domain-of-another-account'; readonly name: string; readonly ownerId: string }
  /**
   * What the service finds at the end of the moves of a group (`*`: of each group), a minute or two after they began: a status and an
   * error. Without a status its own checks decide again.
   */
  | {
      readonly kind: 'group-move';
      readonly groupId: string;
      readonly status?: string | undefined;
      readonly error?: string | undefined;
    };

type Members<Kind> = Omit<Extract<PlantedAlibaba, { kind: Kind }>, 'kind'>;

const status = form('a string of at most 64 characters', (value) => isText(value) && value.length <= 64);
const domain = form('a host name', (value) => isText(value) && /^(\*\.)?([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/.test(value));

/** The members of each kind. */
export const PLANTED_FORMS: {
  readonly [Kind in PlantedAlibaba['kind']]: { readonly [Member in keyof Members<Kind>]-?: MemberForm };
} = {
  'custom-domain': { groupId: text, name: domain, by: oneOf('cname', 'address') },
  'domain-of-another-account': { name: domain, ownerId: text },
  'group-move': { groupId: text, status: optional(status), error: optional(text) },
};

/**
 * Lets something happen in a region that no call causes.
 * @returns the ID of the group, or the domain
 * @throws {RangeError} for a group that does not exist, and for a domain that a group has
 */
export function plant({ state, region, now }: AlibabaCall, planted: PlantedAlibaba): string {
  const { groups, strangeMigrations, domainsOfOthers } = state.cloudApi;
  const taken = (name: string): RangeError | undefined => {
    const owner = [...groups.values()].find((one) => domainsOfGroup(one, region).some((row) => row.name === name));
    return owner && new RangeError(`${name} is a domain of ${owner.id}.`);
  };
  if (planted.kind === 'domain-of-another-account') {
    const refused = taken(planted.name);
    if (refused) throw refused;
    domainsOfOthers.set(planted.name, planted.ownerId);
    return planted.name;
  }
  const { groupId } = planted;
  const group = groups.get(groupId);
  if (planted.kind === 'group-move') {
    if (groupId !== '*' && !group) throw unknown(groupId);
    const { status: result, error = '' } = planted;
    if (result === undefined) strangeMigrations.delete(groupId);
    else strangeMigrations.set(groupId, { status: result, error });
    return groupId;
  }
  if (!group) throw unknown(groupId);
  const { name, by } = planted;
  const refused = taken(name);
  if (refused) throw refused;
  const domains = [...(group.domains ?? []), { name, kind: 'custom', cname: by === 'cname' } as const];
  groups.set(groupId, { ...group, domains, modifiedAt: now });
  return groupId;
}

const unknown = (groupId: string): RangeError => new RangeError(`There is no API group ${groupId}.`);
