import type { ExportRow, OwnedLink, OwnedRoute } from '@postern/core/internal/overlay';

// Each row: https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/, section Import. A snapshot has
// too few of the arguments of most: Terraform generates them. [U]: not tried with the provider.

/** A link by its ID. */
export const link = (type: string): ExportRow<OwnedLink> => ({
  type,
  key: (one) => one.link.id,
  name: ({ name }) => name,
  importId: (one) => one.link.id,
  protect: true,
});

/** A route by its gateway and its own ID. */
export function route(type: string): ExportRow<OwnedRoute> {
  return {
    type,
    key: (one) => one.route.id,
    name: ({ name, route: { key } }) => `${name}_${key}`,
    importId: (one) => `${one.gateway.id}:${one.route.id}`,
  };
}
