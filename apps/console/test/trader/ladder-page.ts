import type { Locator, Page } from 'playwright-core'

/** The page of a bid, as a trader finds their way on it. */
export class LadderPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  cell(name: string): Locator {
    return this.page.getByRole('grid', { name: '申报阶梯' }).getByRole('textbox', { name })
  }

  /** One step of the first period. */
  async type(price: string, volume: string): Promise<void> {
    await this.cell('00:00-01:00 第1段 价格').fill(price)
    await this.cell('00:00-01:00 第1段 电量').fill(volume)
  }

  async typed(): Promise<readonly string[]> {
    return [
      await this.cell('00:00-01:00 第1段 价格').inputValue(),
      await this.cell('00:00-01:00 第1段 电量').inputValue(),
    ]
  }

  async kept(): Promise<void> {
    await this.page.getByText('草稿已存于本浏览器').waitFor()
  }

  found(): Locator {
    return this.page.getByRole('note').filter({ hasText: '已恢复未提交的草稿' })
  }

  async send(): Promise<void> {
    await this.page.getByText('试算通过').waitFor()
    await this.page.getByRole('button', { name: '签名并提交' }).click()
  }

  /** How far the act of this form has come. */
  async reaches(step: '已签名' | '可证明'): Promise<void> {
    const steps = this.page.locator('.order-side').getByRole('list', { name: '业务进度' })
    await steps.locator('li[aria-current="step"]').filter({ hasText: step }).waitFor()
  }
}
