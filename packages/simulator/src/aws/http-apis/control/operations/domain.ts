import { addDomain, withTruststore, checkDomain, newDomain } from '../../../rest-apis/control/domain/domain.js';
import { getDomain } from '../../../rest-apis/control/domain/mapping-rules.js';
import { defined } from '../../../../simulation/defined.js';
import { checkRoutingMode, configured, onlyConfiguration, managedDomain, showDomain } from '../domain.js';
import { family, listPage, checkTags, getVpcLink } from '../request.js';
import { linkState, startDeletion, startProvisioning, checkVpcLink, usersOfVpcLink } from '../vpc-link.js';
import { WORDS } from '../../../api-gateway/words.js';
import { checkUnusedByRestApis } from '../../../rest-apis/control/vpc-link.js';
import { limited } from '../../../operation/family.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const SLOW = { perSecond: 1 / 30, burst: 1 } as const;

/** Custom domain names: the same ones that V1 has. VPC links. */
export const domainOperations = family({
  /** Creates a regional domain name. */
  CreateDomainName: {
    rate: SLOW,
    run(call, input) {
      const { DomainName: domainName, MutualTlsAuthentication: mutual, Tags } = input;
      const configuration = configured(onlyConfiguration(input));
      checkRoutingMode(input);
      const { fields, ...row } = newDomain(call, {
        ...configuration,
        domainName,
        ...(mutual && {
          mutualTlsAuthentication: { truststoreUri: mutual.TruststoreUri, truststoreVersion: mutual.TruststoreVersion },
        }),
      });
      const tagged = { ...row, fields: { ...fields, tags: checkTags(Tags) } };
      addDomain(call, tagged);
      return showDomain(tagged);
    },
  },

  /** Changes a domain name. The configuration is replaced as a whole; an empty truststore turns mutual TLS off. */
  UpdateDomainName: {
    rate: SLOW,
    run(call, { DomainName, MutualTlsAuthentication: mutual, ...input }) {
      const { fields: before, mappings } = managedDomain(call, DomainName);
      const { regionalCertificateName: _, ownershipVerificationCertificateArn: __, ...kept } = before;
      const { endpointConfiguration: endpoint, ...configuration } = configured(onlyConfiguration(input));
      checkRoutingMode(input);
      const fields = {
        ...kept,
        ...configuration,
        endpointConfiguration: { ...before.endpointConfiguration, ...endpoint },
      };
      const given =
        mutual && defined({ truststoreUri: mutual.TruststoreUri, truststoreVersion: mutual.TruststoreVersion });
      const row = { fields: given ? withTruststore(fields, given) : fields, mappings };
      checkDomain(call, row.fields, before);
      call.state.restApi.domainNames.set(DomainName, row);
      return showDomain(row);
    },
  },

  /** Deletes a domain name. Its API mappings go with it. */
  DeleteDomainName: {
    rate: SLOW,
    run(call, { DomainName }) {
      call.state.restApi.domainNames.delete(managedDomain(call, DomainName).fields.domainName);
      return {};
    },
  },

  GetDomainName: (call, { DomainName }) => showDomain(getDomain(call, { domainName: DomainName })),

  /** The public domain names of the region; private ones are of V1 [I]. */
  GetDomainNames(call, input) {
    const rows = [...call.state.restApi.domainNames.values()].filter(
      ({ fields }) => fields.endpointConfiguration?.types?.[0] !== 'PRIVATE',
    );
    return listPage(rows.map(showDomain), input, 'GetDomainNames', ({ DomainName: name }) => name ?? '');
  },

  /**
   * Creates a V2 link: PENDING at first, AVAILABLE after minutes. CreateVpcLink has no idempotency token, so a
   * second call creates a second link.
   */
  CreateVpcLink: {
    limits: { Name: { length: [1, 128] }, 'Tags{}': { length: [0, 1600] } },
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 15, burst: 1 },
    run(call, input) {
      const SubnetIds = [...(input.SubnetIds ?? [])];
      const SecurityGroupIds = [...(input.SecurityGroupIds ?? [])];
      const Tags = checkTags(input.Tags);
      const { vpcId } = checkVpcLink(call, SubnetIds, SecurityGroupIds);
      const fields = {
        CreatedDate: new Date(call.now),
        Name: input.Name,
        SecurityGroupIds,
        SubnetIds,
        Tags,
        VpcLinkId: call.id('', 6, 'base36'),
        ...linkState('PENDING'),
        VpcLinkVersion: 'V2',
      } as const;
      call.state.apiGateway.vpcLinks.set(fields.VpcLinkId, { fields, vpcId, interfaceIds: [], lastUsedAt: call.now });
      startProvisioning(call, fields.VpcLinkId);
      return { ...fields };
    },
  },

  /** Renames a link; nothing else of one ever changes. */
  UpdateVpcLink: limited({ Name: { length: [1, 128] } }, (call, { VpcLinkId, Name }) => {
    const row = getVpcLink(call, VpcLinkId);
    const fields = { ...row.fields, ...defined({ Name }) };
    call.state.apiGateway.vpcLinks.set(fields.VpcLinkId, { ...row, fields });
    return { ...fields };
  }),

  /** Starts to delete a link without users. It is DELETING for minutes, then deleted. */
  DeleteVpcLink: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    rate: { perSecond: 1 / 30, burst: 1 },
    run(call, { VpcLinkId }) {
      const row = getVpcLink(call, VpcLinkId);
      const users = usersOfVpcLink(call, row.fields.VpcLinkId);
      if (users.length > 0) throw WORDS.vpcLinkReferenced(row.fields.VpcLinkId, users);

      checkUnusedByRestApis(call, row.fields.VpcLinkId);
      if (row.fields.VpcLinkStatus !== 'DELETING') startDeletion(call, row);
      return {};
    },
  },

  GetVpcLink: (call, { VpcLinkId }) => ({ ...getVpcLink(call, VpcLinkId).fields }),

  /** All links, in whatever state. */
  GetVpcLinks(call, input) {
    const rows = [...call.state.apiGateway.vpcLinks.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetVpcLinks', (row) => row.VpcLinkId);
  },
});
