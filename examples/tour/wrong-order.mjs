// A link is replaced as a script might do it: what is old is deleted first, and what is new is created then.

/** Deletes the routes, integrations and links of an API, and waits until the links are gone. */
export async function deleteFirst({ gateway }, ApiId) {
  const { Items: routes = [] } = await gateway.getRoutes({ ApiId });
  const { Items: integrations = [] } = await gateway.getIntegrations({ ApiId });
  for (const { RouteId } of routes) await gateway.deleteRoute({ ApiId, RouteId });
  for (const { IntegrationId } of integrations) await gateway.deleteIntegration({ ApiId, IntegrationId });
  const links = new Set(integrations.map(({ ConnectionId }) => ConnectionId));
  for (const VpcLinkId of links) await gateway.deleteVpcLink({ VpcLinkId });
  while ((await gateway.getVpcLinks({})).Items.some(({ VpcLinkId }) => links.has(VpcLinkId))) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
