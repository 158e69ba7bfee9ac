import { getApiMapping, managedDomain, checkedApiMapping, showApiMapping } from '../domain.js';
import { family, listPage } from '../request.js';

/** API mappings: which stage of which API a path of a domain name leads to. REST APIs can be mapped, too. */
export const apiMappingOperations = family({
  /** Maps a path of a domain name to a stage. Without a key, or with blanks alone, it is the empty path. */
  CreateApiMapping(call, { DomainName, ApiId, Stage, ApiMappingKey = '' }) {
    const domain = managedDomain(call, DomainName);
    const key = ApiMappingKey.trim() === '' ? '' : ApiMappingKey;
    const row = checkedApiMapping(call, domain, { apiId: ApiId, stage: Stage, key });
    domain.mappings.set(row.basePath, row);
    return showApiMapping(row);
  },

  /**
   * Changes what is named of a mapping, which keeps its ID.
   * @see https://github.com/floci-io/floci/pull/2390 (recorded in eu-west-1: what is left out stays)
   */
  UpdateApiMapping(call, { DomainName, ApiMappingId, ApiId, Stage, ApiMappingKey }) {
    const domain = managedDomain(call, DomainName);
    const self = getApiMapping(domain, ApiMappingId);
    const { ApiMappingKey: key = '', Stage: stage } = showApiMapping(self);
    const given = { apiId: ApiId, stage: Stage ?? stage ?? '', key: ApiMappingKey ?? key };
    const row = checkedApiMapping(call, domain, given, self);
    domain.mappings.delete(self.basePath);
    domain.mappings.set(row.basePath, row);
    return showApiMapping(row);
  },

  DeleteApiMapping(call, { DomainName, ApiMappingId }) {
    const domain = managedDomain(call, DomainName);
    domain.mappings.delete(getApiMapping(domain, ApiMappingId).basePath);
    return {};
  },

  GetApiMapping: (call, { DomainName, ApiMappingId }) =>
    showApiMapping(getApiMapping(managedDomain(call, DomainName), ApiMappingId)),

  GetApiMappings(call, input) {
    const rows = [...managedDomain(call, input.DomainName).mappings.values()].map(showApiMapping);
    return listPage(rows, input, `GetApiMappings ${input.DomainName}`, ({ ApiMappingId: id }) => id ?? '');
  },
});
