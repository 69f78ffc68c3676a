import { Modal, type ModalProps } from 'antd'

/**
 * A dialog over the page. It stands in the page's own tree: antd's way to the end of the body locks scrolling by an inline style, which
 * the policy refuses.
 */
export function Dialog(props: Omit<ModalProps, 'getContainer'>) {
  return <Modal {...props} getContainer={false} />
}
