// What the site says around the pages in Chinese.

/** The locale of VitePress for the pages of `kind`, as the navigation has them. */
export const inChinese = ({ link, groups }) => ({
  label: '中文',
  lang: 'zh-CN',
  link: '/zh/',
  description: '阿里云和 AWS 上 API 网关与 VPC 后端服务之间的私网集成：检查、创建、迁移。',
  themeConfig: {
    nav: [
      { text: '文档', link, activeMatch: '^/zh/' },
      { text: 'English', link: '/' },
    ],
    sidebar: { '/zh/': groups },
    outline: { level: [2, 3], label: '本页内容' },
    docFooter: { prev: '上一页', next: '下一页' },
    langMenuLabel: '语言',
    sidebarMenuLabel: '目录',
    returnToTopLabel: '回到顶部',
    darkModeSwitchLabel: '外观',
    lightModeSwitchTitle: '切换到浅色',
    darkModeSwitchTitle: '切换到深色',
    skipToContentLabel: '跳到正文',
  },
});

export const SEARCH_IN_CHINESE = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
  modal: {
    displayDetails: '显示详细列表',
    resetButtonTitle: '清除',
    backButtonTitle: '关闭搜索',
    noResultsText: '没有结果：',
    footer: {
      selectText: '选择',
      selectKeyAriaLabel: '回车键',
      navigateText: '移动',
      navigateUpKeyAriaLabel: '上箭头',
      navigateDownKeyAriaLabel: '下箭头',
      closeText: '关闭',
      closeKeyAriaLabel: 'Esc 键',
    },
  },
};
