print("callout")
