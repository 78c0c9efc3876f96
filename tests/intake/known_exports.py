"""Files as the known systems write them: their headers, and rows that are made up.

Headers are those of `templates/formats`' sources. A row names only the columns that matter; of a
heading that stands twice, `name#2` is the second.
"""

import csv
import io

RAKUTEN = (
    "注文番号,ステータス,サブステータスID,サブステータス,注文日時,注文日,注文時間,キャンセル期限日,"
    "注文確認日時,注文確定日時,発送指示日時,発送完了報告日時,支払方法名,クレジットカード支払い方法,"
    "クレジットカード支払い回数,配送方法,配送区分,注文種別,複数送付先フラグ,送付先一致フラグ,離島フラグ,"
    "楽天確認中フラグ,警告表示タイプ,楽天会員フラグ,購入履歴修正有無フラグ,商品合計金額,消費税合計,"
    "送料合計,代引料合計,請求金額,合計金額,ポイント利用額,クーポン利用総額,店舗発行クーポン利用額,"
    "楽天発行クーポン利用額,注文者郵便番号1,注文者郵便番号2,注文者住所都道府県,注文者住所郡市区,"
    "注文者住所それ以降の住所,注文者姓,注文者名,注文者姓カナ,注文者名カナ,注文者電話番号1,"
    "注文者電話番号2,注文者電話番号3,注文者メールアドレス,注文者性別,申込番号,申込お届け回数,送付先ID,"
    "送付先送料,送付先代引料,送付先消費税合計,送付先商品合計金額,送付先合計金額,のし,商品明細ID,商品ID,"
    "商品名,商品番号,商品管理番号,単価,個数,送料込別,税込別,ひとことメモ,利用端末"
)
YAHOO = (
    "OrderId,ParentOrderId,DeviceType,OrderTime,OrderStatus,StoreStatus,ShipName,ShipZipCode,"
    "ShipPrefecture,ShipCity,ShipAddress1,ShipAddress2,ShipPhoneNumber,BillName,BillFirstName,"
    "BillLastName,BillZipCode,BillPhoneNumber,BillMailAddress,PayMethodName,QuantityDetail,"
    "ShipCharge,PayCharge,GiftWrapCharge,Discount,UsePoint,GetPoint,Total,TotalPrice,"
    "TotalMallCouponDiscount,Title,SubCode,ItemId,UnitPrice,Quantity"
)
YAHOO_ITEMS = (
    "OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,UnitPrice,"
    "UnitGetPoint,LineSubTotal,CouponId,CouponDiscount,OriginalPrice,Jan,ProductId,Id"
)
COLORME = (
    "売上ID,受注日,購入者 顧客ID,購入者 名前,購入者 郵便番号,購入者 都道府県,購入者 住所,"
    "購入者 メールアドレス,購入者 電話番号,購入者 携帯番号,決済方法,入金状態,発送状態,"
    "商品の合計金額(税込),消費税(商品合計に対する),送料合計,決済手数料,メッセージカード手数料合計,"
    "割引名称,割引金額,ショップポイントによる割引金額,外部ポイントによる割引金額,総合計金額,備考,"
    "売上詳細ID,購入商品 商品ID,購入商品 型番,購入商品 商品名,購入商品 販売価格(消費税込),"
    "購入商品 販売個数,購入商品 小計,配送先ID"
)
COLORME_PART = (
    "売上ID,受注日,購入者 名前,購入者 郵便番号,購入者 都道府県,購入者 住所,購入者 電話番号,"
    "購入商品 販売価格(消費税込),購入数量,備考"
)
BASE = (
    "注文ID,注文日時,氏(請求先),名(請求先),郵便番号(請求先),都道府県(請求先),住所(請求先),住所2(請求先),"
    "電話番号(請求先),メールアドレス(請求先),氏(配送先),名(配送先),郵便番号(配送先),都道府県(配送先),"
    "住所(配送先),住所2(配送先),電話番号(配送先),備考,商品名,バリエーション,価格,税率,数量,合計金額,"
    "送料,支払い方法,代引き手数料,発送状況,商品ID,種類ID,購入元,配送日,配送時間帯,注文メモ,調整金額"
)
ECCUBE4 = (
    "注文ID,注文番号,会員ID,お名前(姓),お名前(名),お名前(セイ),お名前(メイ),会社名,郵便番号,"
    "都道府県(ID),都道府県(名称),住所1,住所2,メールアドレス,TEL,性別(ID),性別(名称),職業(ID),"
    "職業(名称),誕生日,ショップ用メモ欄,小計,値引き,送料,税金,合計,支払合計,対応状況(ID),"
    "対応状況(名称),支払方法(ID),支払方法(名称),受注日,入金日,注文詳細ID,商品ID,商品規格ID,商品名,"
    "商品コード,規格名1,規格名2,規格分類名1,規格分類名2,価格,個数,税率,税率ルール(ID),明細区分(ID),"
    "明細区分(名称),出荷ID,配送先_お名前(姓),配送先_お名前(名),配送業者(ID),お届け希望日,送料,発送日,"
    "出荷伝票番号,配達用メモ,出荷メール送信日"
)
NEXTENGINE = (
    "店舗伝票番号,受注日,受注郵便番号,受注住所１,受注住所２,受注名,受注名カナ,受注電話番号,"
    "受注メールアドレス,発送郵便番号,発送先住所１,発送先住所２,発送先名,発送先カナ,発送電話番号,支払方法,"
    "発送方法,商品計,税金,発送料,手数料,ポイント,その他費用,合計金額,ギフトフラグ,時間帯指定,日付指定,"
    "作業者欄,備考,商品名,商品コード,商品価格,受注数量,商品オプション,出荷済フラグ,顧客区分,顧客コード,"
    "消費税率（%）,のし,ラッピング,メッセージ"
)
SLIPS = (
    "伝票番号,受注番号,出荷予定日,受注日,購入者名,支払方法,総合計,商品計,税金,発送代,手数料,他費用,"
    "ポイント数,発送伝票番号,支払区分,同梱先伝票番号,複数配送親伝票番号,分割元伝票番号,複写元伝票番号,"
    "複数配送親フラグ,受注キャンセル区分,受注キャンセル名,受注キャンセル日,受注状態区分,受注状態名"
)
RINGS = (
    "システムID,受注日,出荷確定日,受注キャンセル日,発送方法名,支払名,店舗コード,総合計,伝票番号,"
    "入金状況名,受注キャンセル区分,発送伝票番号,受注番号"
)
FUTURESHOP = (
    "受注コード,注文日時,請求合計金額,商品合計金額,消費税合計,包装手数料,送料,決済手数料,クール便手数料,"
    "その他手数料,決済方法,コンビニ区分,コンビニ支払番号,通信欄,ショップメモ,入金フラグ,入金確認日,"
    "氏名(姓),氏名(名),フリガナ(姓),フリガナ(名),メールアドレス(サブ),メールアドレス(モバイル),郵便番号,"
    "都道府県区分,住所1,住所2,住所3,電話番号(メイン),電話番号(サブ),携帯電話番号,商品番号,枝番号,商品名,"
    "項目選択肢,バリエーション名,販売単価,購入数量,ポイント利用の有無,ポイント利用額,配送サービス,"
    "割引合計金額(商品),割引合計金額(送料),会員ID,受注ステータス"
)
AIRREGI = (
    "取引No,来店日,来店時間,会計日,会計時間,合計,小計,内消費税,修正金額合計,修正後合計,修正後内消費税,"
    "現金,クレジットカード(Airペイ),おつり,割引/割増合計(税込),人数,商品点数,伝票名,レジ担当者名,"
    "カテゴリー名,メニュー名,価格,注文数量,個別割引/割増合計額"
)
SMAREGI = (
    "取引ID(1),取引日時(2),取引区分(3),取消区分(4),単価値引き前小計(5),単価値引き小計(6),小計(7),"
    "小計値引き(8),小計割引率(9),ポイント値引き(10),合計(11),内消費税(12),内現金支払金額(13),"
    "内クレジット支払金額(14),店舗ID(20),会員ID(30),会員コード(31),端末取引日時(40)"
)
MAKESHOP = (
    "日付,注文時間,注文番号,処理状況,注文者,注文者(振り仮名),会員ID,メールアドレス,電話番号,郵便番号,"
    "合計金額,送料,手数料,利用ポイント,商品名,商品コード,単価,数量"
)
SQUARE = (
    "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,"
    "Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,"
    "Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,"
    "Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,"
    "Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Device Nickname,"
    "Third Party Fees,Deposit ID,Deposit Date,Refund Reason,Discount Name,Transaction Status"
)
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,"
    "Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,"
    "Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,"
    "Billing Name,Billing Street,Billing Address1,Billing City,Billing Zip,Billing Country,"
    "Billing Phone,Shipping Name,Shipping Zip,Notes,Note Attributes,Cancelled at,Payment Method,"
    "Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Phone,Receipt Number,Duties,Payment ID"
)
WEBTOFFEE = (
    "order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,"
    "fee_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,"
    "order_subtotal,order_currency,payment_method,payment_method_title,transaction_id,"
    "customer_ip_address,customer_user_agent,shipping_method,customer_id,customer_user,"
    "customer_email,billing_first_name,billing_last_name,billing_company,billing_email,"
    "billing_phone,billing_postcode,billing_city,customer_note,wt_import_key,shipping_items,"
    "refund_items,line_item_1,line_item_2,Product Item 1 Name,Product Item 1 id,"
    "Product Item 1 SKU,Product Item 1 Quantity,Product Item 1 Total,Product Item 1 Subtotal,"
    "Product Item 2 Name,Product Item 2 id,Product Item 2 SKU,Product Item 2 Quantity,"
    "Product Item 2 Total,Product Item 2 Subtotal"
)
SUITE = (
    "order_id,order_number,date,status,shipping_total,shipping_tax_total,tax_total,cart_discount,"
    "order_discount,discount_total,order_total,payment_method,shipping_method,customer_id,"
    "billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,"
    "billing_address_1,billing_address_2,billing_postcode,billing_city,billing_state,"
    "billing_country,shipping_first_name,shipping_last_name,customer_note,line_items,"
    "shipping_items,tax_items,coupons,order_notes"
)
AMAZON = (
    "order-id,order-item-id,purchase-date,payments-date,buyer-email,buyer-name,buyer-phone-number,"
    "sku,product-name,quantity-purchased,currency,item-price,item-tax,shipping-price,shipping-tax,"
    "ship-service-level,recipient-name,ship-address-1,ship-state,ship-postal-code,ship-country"
)
AMAZON_ALL = (
    "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,"
    "fulfillment-channel,sales-channel,product-name,sku,asin,item-status,quantity,currency,"
    "item-price,item-tax,shipping-price,ship-state,ship-postal-code"
)
BUNSEKIKUN = "販売日時,商品ID,商品名,商品単価,販売個数,顧客ID"

HEADERS = {
    "airregi": AIRREGI,
    "amazon": AMAZON,
    "amazon_all_orders": AMAZON_ALL,
    "base": BASE,
    "colorme": COLORME,
    "customer_rings": RINGS,
    "eccube4": ECCUBE4,
    "futureshop": FUTURESHOP,
    "kokyaku_bunsekikun": BUNSEKIKUN,
    "makeshop": MAKESHOP,
    "nextengine": NEXTENGINE,
    "nextengine_slips": SLIPS,
    "rakuten": RAKUTEN,
    "shopify": SHOPIFY,
    "smaregi": SMAREGI,
    "square": SQUARE,
    "woocommerce_suite": SUITE,
    "woocommerce_webtoffee": WEBTOFFEE,
    "yahoo_shopping": YAHOO,
    "yahoo_shopping_items": YAHOO_ITEMS,
}


def written(header, rows, encoding="utf-8-sig", quoted=False, delimiter=","):
    """The file: `rows` as {column: value}, what is not named is blank."""
    names, seen = [], {}
    for name in header.split(","):
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    assert not {key for row in rows for key in row} - set(names)
    out = io.StringIO()
    style = {"quoting": csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, "delimiter": delimiter}
    writer = csv.writer(out, lineterminator="\r\n", **style)
    writer.writerow(header.split(","))
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return out.getvalue().encode(encoding)


def lines(order, *items):
    """The rows of an order: what it has itself, repeated, and each of its items."""
    return [order | item for item in items]
