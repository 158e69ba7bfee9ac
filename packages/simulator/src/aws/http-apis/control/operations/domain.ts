import { addDomain, withTruststore, checkDomain, newDomain } from '../../../rest-apis/control/domain/domain.js';
import { getDomain } from '../../../rest-apis/control/domain/mapping-rules.js';
import { defined } from '../../../../simulation/defined.js';
import { checkRoutingMode, configured, onlyConfiguration, managedDomain, showDomain } from '../domain.js';
import { family, listPage } from '../request.js';
import { checkTags } from '../tags.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const SLOW = { perSecond: 1 / 30, burst: 1 } as const;
/** Custom domain names: the same ones that V1 has. */
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
});
