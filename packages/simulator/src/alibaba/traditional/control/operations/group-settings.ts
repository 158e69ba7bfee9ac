import { requireUnlocked, startMigration, subDomainOf } from '../group.js';
import { family, HTTPS_POLICIES, tagList, say } from '../request/parameters.js';
import { getGroup, getInstance, getStage } from '../request/find.js';
import { flag, required, text, action } from '../../../operation/family.js';
import {
  readCertificate,
  domainView,
  domainWords,
  getDomain,
  putDomain,
  readDomainName,
  takeName,
} from '../domain/domains.js';

const FLAGS = [
  'InternetEnable',
  'InternetIPV6Enable',
  'VpcIntranetEnable',
  'VpcSlbIntranetEnable',
  'InnerDomainEnable',
] as const;

const NAMED = { GroupId: required(text), DomainName: required(text) };

/**
 * Settings of groups: their instance, network policy and variables of stages. Domains of users' own, and
 * their certificates.
 */
export const groupSettingsActions = family({
  /**
   * Starts the move of a group to another instance of the region. The answer is empty. DescribeApiGroup shows
   * the progress, and at first still the result of the previous move.
   */
  ModifyApiGroupInstance: {
    parameters: { GroupId: required(text), TargetInstanceId: required(text), Remark: text, Tag: tagList },
    run(call, { GroupId, TargetInstanceId }) {
      const group = getGroup(call.state, GroupId);
      requireUnlocked(group);
      if (group.migration) throw group.migration.targetInstanceId === TargetInstanceId ? say.repeated() : say.busy();

      const target = getInstance(call.state, TargetInstanceId);
      if (target.status !== 'RUNNING') throw say.invalid('TargetInstanceId', 'The target instance is not running.');

      startMigration(call, group, target.id);
      return {};
    },
  },

  /** Changes a group's HTTPS policy and its domains. It restores settings that a migration overwrote. */
  ModifyApiGroupNetworkPolicy: {
    parameters: {
      GroupId: required(text),
      HttpsPolicy: { type: 'string', values: HTTPS_POLICIES },
      InternetEnable: flag,
      InternetIPV6Enable: flag,
      VpcIntranetEnable: flag,
      VpcSlbIntranetEnable: flag,
      InnerDomainEnable: flag,
    },
    run({ state, now }, input) {
      const group = getGroup(state, input.GroupId);
      requireUnlocked(group);
      const given = FLAGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]] as const]));
      state.cloudApi.groups.set(group.id, {
        ...group,
        httpsPolicy: input.HttpsPolicy ?? group.httpsPolicy,
        networkPolicy: { ...group.networkPolicy, ...Object.fromEntries(given) },
        modifiedAt: now,
      });
      return {};
    },
  },

  /** Whether a group has a domain for its client VPC. */
  ModifyIntranetDomainPolicy: {
    parameters: { GroupId: required(text), VpcIntranetEnable: required(flag) },
    run({ state, now }, { GroupId, VpcIntranetEnable }) {
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const networkPolicy = { ...group.networkPolicy, VpcIntranetEnable };
      state.cloudApi.groups.set(group.id, { ...group, networkPolicy, modifiedAt: now });
      return {};
    },
  },

  /** Sets the only VPCs that may call a group's VPC domain, with commas between; without one, any may. */
  ModifyApiGroupVpcWhitelist: {
    parameters: { GroupId: required(text), VpcIds: text },
    run({ state, now }, { GroupId, VpcIds = '' }) {
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const vpcWhitelist = [...new Set(VpcIds.split(',').map((id) => id.trim()))].filter((id) => id !== '');
      if (!vpcWhitelist.every((id) => /^vpc-\w+$/.test(id))) throw say.invalid('VpcIds');

      state.cloudApi.groups.set(group.id, { ...group, vpcWhitelist, modifiedAt: now });
      return {};
    },
  },

  DescribeApiGroupVpcWhitelist: {
    parameters: { GroupId: required(text) },
    run: ({ state }, { GroupId }) => ({ VpcIds: (getGroup(state, GroupId).vpcWhitelist ?? []).join(',') }),
  },

  /** Sets a variable of a group's stage, which `#NAME#` refers to. No action of this version reads one. */
  CreateApiStageVariable: {
    parameters: {
      GroupId: required(text),
      StageId: required(text),
      VariableName: required({ type: 'string', pattern: /^\w{1,50}$/ }),
      VariableValue: text,
      SupportRoute: flag,
      StageRouteModel: text,
    },
    run({ state }, { GroupId, StageId, VariableName, VariableValue = '' }) {
      const group = getGroup(state, GroupId);
      if (!group.stages.some(({ id }) => id === StageId)) throw say.notFound('Stage');

      const variables = new Map([...group.variables, [`${StageId}/${VariableName}`, VariableValue]]);
      state.cloudApi.groups.set(group.id, { ...group, variables });
      return {};
    },
  },

  /** Deletes a variable of a group's stage. */
  DeleteApiStageVariable: {
    parameters: { GroupId: required(text), StageId: required(text), VariableName: required(text) },
    run({ state }, { GroupId, StageId, VariableName }) {
      const group = getGroup(state, GroupId);
      const key = `${StageId}/${VariableName}`;
      if (!group.variables.has(key)) throw say.notFound('StageVariable');

      const variables = new Map([...group.variables].filter(([name]) => name !== key));
      state.cloudApi.groups.set(group.id, { ...group, variables });
      return {};
    },
  },

  /**
   * Binds a domain to a group, or changes its settings. DNS is outside of the simulation: the domain leads to the group by
   * CNAME. With `BindStageName` it leads to that stage, without it to the stage that a call names.
   */
  SetDomain: {
    parameters: {
      ...NAMED,
      BindStageName: text,
      CustomDomainType: { type: 'string', values: ['INTERNET', 'INTRANET'] },
      IsForce: flag,
      IsHttpRedirectToHttps: flag,
    },
    run(call, { GroupId, DomainName, BindStageName = '', CustomDomainType, IsForce, IsHttpRedirectToHttps }) {
      const { state, region } = call;
      const group = getGroup(state, GroupId);
      requireUnlocked(group);
      const name = readDomainName(DomainName);
      if (BindStageName !== '') getStage(group, BindStageName);
      takeName(call, group, name, IsForce === true);
      const own = group.domains?.filter(({ kind }) => kind === 'custom') ?? [];
      const before = own.find((row) => row.name.toLowerCase() === name);
      if (!before && own.length >= call.quota('domains-per-group')) throw say.exceeded('Domain');

      putDomain(call, group, {
        name,
        kind: 'custom',
        cname: before?.cname ?? true,
        leadsTo: before?.leadsTo,
        stageName: BindStageName === '' ? undefined : BindStageName,
        isIntranet: CustomDomainType === 'INTRANET',
        redirects: IsHttpRedirectToHttps ?? before?.redirects ?? false,
        problem: before?.problem,
        certificate: before ? before.certificate : 'none',
      });
      return {
        GroupId: group.id,
        DomainName: name,
        SubDomain: subDomainOf(group, region),
        DomainBindingStatus: 'BINDING',
        DomainLegalStatus: 'NORMAL',
        DomainWebSocketStatus: 'CLOSE',
        DomainRemark: '',
      };
    },
  },

  /** Unbinds a domain from its group. */
  DeleteDomain: action(NAMED, ({ state, now }, { GroupId, DomainName }) => {
    const group = getGroup(state, GroupId);
    const row = getDomain(group, DomainName);
    const domains = group.domains?.filter((one) => one !== row);
    state.cloudApi.groups.set(group.id, { ...group, domains, modifiedAt: now });
    return {};
  }),

  /** A domain of a group. The private key of its certificate is not kept. */
  DescribeDomain: action(NAMED, ({ state, region }, { GroupId, DomainName }) => {
    const group = getGroup(state, GroupId);
    const row = getDomain(group, DomainName);
    return {
      GroupId: group.id,
      SubDomain: subDomainOf(group, region),
      DomainRemark: '',
      ...domainView(row),
      ...(typeof row.certificate === 'object' && { CertificateBody: row.certificate.body }),
      DomainWebSocketStatus: 'CLOSE',
    };
  }),

  /** A domain that was found not to be valid is looked at again. Its owner has corrected it by then. */
  ReactivateDomain: action(NAMED, (call, { GroupId, DomainName }) => {
    const group = getGroup(call.state, GroupId);
    putDomain(call, group, { ...getDomain(group, DomainName), problem: undefined });
    return {};
  }),

  /** Sets the certificate of a domain, which HTTPS needs. Certificates of callers and OCSP are not simulated. */
  SetDomainCertificate: {
    parameters: {
      ...NAMED,
      CertificateName: required(text),
      CertificateBody: required(text),
      CertificatePrivateKey: required(text),
    },
    run(call, input) {
      const group = getGroup(call.state, input.GroupId);
      requireUnlocked(group);
      const row = getDomain(group, input.DomainName);
      const { CertificateName: name, CertificateBody: body, CertificatePrivateKey } = input;
      const validity = readCertificate(row.name, body, CertificatePrivateKey, call.now);
      putDomain(call, group, { ...row, certificate: { id: call.id('', 32, 'hex'), name, body, ...validity } });
      return {};
    },
  },

  /** Removes the certificate of a domain. */
  DeleteDomainCertificate: {
    parameters: { ...NAMED, CertificateId: required(text) },
    run(call, { GroupId, DomainName, CertificateId }) {
      const group = getGroup(call.state, GroupId);
      const row = getDomain(group, DomainName);
      if (typeof row.certificate !== 'object' || row.certificate.id !== CertificateId)
        throw domainWords.noCertificate();

      putDomain(call, group, { ...row, certificate: 'none' });
      return {};
    },
  },
});
