print("Notifier")
