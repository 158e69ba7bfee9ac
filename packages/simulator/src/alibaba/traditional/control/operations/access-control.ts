import { getCallerList, instancesWith, readEntries } from '../access-control/caller-lists.js';
import type { CallerListRow } from '../access-control/state.js';
import { changeInstance } from '../instance/instance-life.js';
import { family, pages, say } from '../request/parameters.js';
import { getInstance } from '../request/find.js';
import type { Parameter } from '../../../operation/operation.js';
import { page } from '../../../operation/page.js';
import { required, text } from '../../../operation/parameters.js';

const VERSIONS = ['ipv4', 'ipv6'] as const;
const version: Parameter = { type: 'string', values: VERSIONS };
/** Of the API reference, and Chinese letters as Terraform's provider has them. */
const aclName: Parameter = { type: 'string', pattern: /^[\w\u4e00-\u9fa5./-]{1,30}$/ };
const ENTRIES = { AclId: required(text), AclEntrys: required(text) };
const versionOf = (given: string | undefined): CallerListRow['version'] => (given === 'ipv6' ? 'ipv6' : 'ipv4');

/** Lists of callers, and which instances use them. */
export const accessControlActions = family({
  /** Makes a list. Its name is unique in the region. */
  CreateAccessControlList: {
    parameters: { AclName: required(aclName), AddressIPVersion: version },
    run(call, { AclName, AddressIPVersion }) {
      const { callerLists } = call.state.cloudApi;
      if ([...callerLists.values()].some(({ name }) => name === AclName)) throw say.duplicate('AclName');

      const id = call.id('acl-', 21);
      callerLists.set(id, { id, name: AclName, version: versionOf(AddressIPVersion), entries: [] });
      return { AclId: id };
    },
  },

  /** Gives a list another name. */
  SetAccessControlListAttribute: {
    parameters: { AclId: required(text), AclName: required(aclName) },
    run({ state }, { AclId, AclName }) {
      const row = getCallerList(state, AclId);
      const isTaken = [...state.cloudApi.callerLists.values()].some(
        ({ id, name }) => name === AclName && id !== row.id,
      );
      if (isTaken) throw say.duplicate('AclName');

      state.cloudApi.callerLists.set(row.id, { ...row, name: AclName });
      return {};
    },
  },

  /** Deletes a list that no instance uses. */
  DeleteAccessControlList: {
    parameters: { AclId: required(text) },
    run({ state }, { AclId }) {
      const { id } = getCallerList(state, AclId);
      if (instancesWith(state, id).length > 0) throw say.inUse('AccessControlList', 'Instance');

      state.cloudApi.callerLists.delete(id);
      return {};
    },
  },

  /** A block that is in the list already is not added again. */
  AddAccessControlListEntry: {
    parameters: ENTRIES,
    run({ state }, { AclId, AclEntrys }) {
      const row = getCallerList(state, AclId);
      const entries = new Map(row.entries.map((entry) => [entry.block, entry]));
      for (const entry of readEntries(row, AclEntrys)) if (!entries.has(entry.block)) entries.set(entry.block, entry);
      state.cloudApi.callerLists.set(row.id, { ...row, entries: [...entries.values()] });
      return {};
    },
  },

  /** Blocks that are not in the list are ignored. */
  RemoveAccessControlListEntry: {
    parameters: ENTRIES,
    run({ state }, { AclId, AclEntrys }) {
      const row = getCallerList(state, AclId);
      const goes = new Set(readEntries(row, AclEntrys).map(({ block }) => block));
      state.cloudApi.callerLists.set(row.id, { ...row, entries: row.entries.filter(({ block }) => !goes.has(block)) });
      return {};
    },
  },

  DescribeAccessControlListAttribute: {
    parameters: { AclId: required(text) },
    run({ state }, { AclId }) {
      const { id, name, version: AddressIPVersion, entries } = getCallerList(state, AclId);
      const views = entries.map(({ block, comment }) => ({ AclEntryIp: block, AclEntryComment: comment }));
      return { AclId: id, AclName: name, AddressIPVersion, AclEntrys: { AclEntry: views } };
    },
  },

  DescribeAccessControlLists: {
    parameters: { AclName: text, AddressIPVersion: version, ...pages },
    run({ state }, input) {
      const { AclName = '', AddressIPVersion } = input;
      const rows = [...state.cloudApi.callerLists.values()].filter(
        (row) => row.name.includes(AclName) && (AddressIPVersion === undefined || row.version === AddressIPVersion),
      );
      const { items, numbers } = page(rows, input, { largest: 50 });
      const views = items.map(({ id, name, version: own }) => ({ AclId: id, AclName: name, AddressIPVersion: own }));
      return { ...numbers, Acls: { Acl: views } };
    },
  },

  /** An instance serves only the callers of a list, or all but them. It has one list for each IP version. */
  EnableInstanceAccessControl: {
    parameters: {
      InstanceId: required(text),
      AclId: required(text),
      AclType: required({ type: 'string', values: ['white', 'black'] }),
      AddressIPVersion: version,
    },
    run(call, { InstanceId, AclId, AclType, AddressIPVersion }) {
      const row = getInstance(call.state, InstanceId);
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be changed.');

      const list = getCallerList(call.state, AclId);
      const own = versionOf(AddressIPVersion);
      if (list.version !== own) throw say.invalid('AddressIPVersion');

      const used = { id: list.id, type: AclType === 'white' ? 'white' : 'black' } as const;
      changeInstance(call, row.id, { callerLists: { ...row.callerLists, [own]: used } });
      return {};
    },
  },

  /** An instance does not use its list any more. */
  DisableInstanceAccessControl: {
    parameters: { InstanceId: required(text), AclId: required(text), AddressIPVersion: version },
    run(call, { InstanceId, AclId, AddressIPVersion }) {
      const row = getInstance(call.state, InstanceId);
      const { id } = getCallerList(call.state, AclId);
      const own = versionOf(AddressIPVersion);
      if (row.callerLists?.[own]?.id !== id) throw say.invalid('AclId');

      changeInstance(call, row.id, { callerLists: { ...row.callerLists, [own]: undefined } });
      return {};
    },
  },
});
