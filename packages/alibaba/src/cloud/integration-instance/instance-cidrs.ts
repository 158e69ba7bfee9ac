/**
 * The only blocks that an integration instance may have on its own side.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export const INSTANCE_CIDRS = ['192.168.0.0/16', '172.16.0.0/12'] as const;
