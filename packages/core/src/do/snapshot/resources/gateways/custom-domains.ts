import { strict } from '../../../forms/form.js';
import { customDomainShape, type CustomDomain, type DomainMapping } from '../../../model/custom-domain.js';
import { part, resource } from '../resource.js';

const mapping = part<DomainMapping>('mapping', ({ path, gatewayId, stage }) =>
  [`/${path} to ${gatewayId}`, ...(stage === undefined ? [] : [stage])].join(' '),
);

/** See {@link CustomDomain}. */
export const customDomains = resource(strict<CustomDomain>()(customDomainShape), {
  key: 'id',
  noun: 'custom domain',
  diffOrder: 25,
  affectsPaths: false,
  holds: 'scope',
  parts: { mappings: mapping },
});
