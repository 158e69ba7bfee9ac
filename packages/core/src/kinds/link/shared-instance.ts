/**
 * Whether an ID is that of the shared instance, which each region has under such an ID. It is in no account, and no call
 * describes it.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances
 */
export function isSharedInstance(id: string | undefined): id is string {
  return id?.startsWith('api-shared-') === true;
}
